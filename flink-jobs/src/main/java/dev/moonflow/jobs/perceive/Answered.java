package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.FinishReason;

/**
 * What the model answered to a {@link Question}.
 *
 * @param text the visible answer; null when the reasoning was cut off before one
 * @param thinking text between the thinking markers, or null
 * @param tokens how many were generated, the stop token included
 * @param promptTokens tokens of the prompt, image tokens included
 * @param reason {@code STOP} or {@code LENGTH}
 */
public record Answered(
    String text, String thinking, int tokens, int promptTokens, FinishReason reason) {}
