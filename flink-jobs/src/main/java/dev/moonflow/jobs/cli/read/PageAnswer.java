package dev.moonflow.jobs.cli.read;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.engine.FinishReason;
import java.time.Duration;

/**
 * What the model wrote about one image.
 *
 * @param answer its text, and its reasoning where there is any
 * @param tokens every generated id, the stop token included
 * @param promptTokens tokens of the prompt, image tokens included
 * @param reason why it ended
 * @param time from the request to the last token
 */
public record PageAnswer(
    Answer answer, int[] tokens, int promptTokens, FinishReason reason, Duration time) {}
