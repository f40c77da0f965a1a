package dev.moonflow.jobs.stream;

/**
 * What the model said about an element.
 *
 * @param text the visible answer; null when the reasoning was cut off before one
 * @param thinking what it thought before, or null
 * @param cut whether the answer was cut off at the token limit
 * @param tokens how many were generated
 * @param promptTokens tokens of the prompt, those of the image included
 * @param model fingerprint of the model
 */
public record Answer(
    String text, String thinking, boolean cut, int tokens, int promptTokens, String model) {}
