package dev.moonflow.training.sample.answer;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ThinkingSplitter;

/**
 * One answer of a model.
 *
 * @param text without control tokens; reasoning stands between the thinking markers
 * @param tokens that it took
 * @param ended whether it stopped by itself; false if it met the limit
 */
public record SampledAnswer(String text, int tokens, boolean ended) {
  /** Reasoning and what is meant for the reader. */
  public Answer split() {
    return ThinkingSplitter.split(text);
  }

  /** Whether it stopped by itself, closed its reasoning and says something to the reader. */
  public boolean isUsable() {
    return ended && !split().text().isBlank();
  }
}
