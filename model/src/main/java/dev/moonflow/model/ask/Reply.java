package dev.moonflow.model.ask;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.engine.FinishReason;
import java.time.Duration;

/**
 * What the model answered.
 *
 * @param answer its text, and its reasoning where there is any
 * @param tokens every generated id, the stop token included
 * @param promptTokens tokens of the prompt, image tokens included
 * @param reason {@code STOP}, or {@code LENGTH} when the answer was cut off at the token limit
 * @param time from the question to the last token
 */
public record Reply(
    Answer answer, int[] tokens, int promptTokens, FinishReason reason, Duration time) {

  /** The visible text, without the reasoning. */
  public String text() {
    return answer.text();
  }
}
