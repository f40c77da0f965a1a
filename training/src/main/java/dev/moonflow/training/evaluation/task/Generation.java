package dev.moonflow.training.evaluation.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How answers are made.
 *
 * @param maxNewTokens tokens at most, reasoning included
 * @param temperature 0 is greedy
 * @param topP nucleus mass
 * @param plain whether the prompt is bare text to continue, without chat template and images: for
 *     models that never saw a conversation
 */
public record Generation(
    @JsonProperty("max_new_tokens") Integer maxNewTokens,
    Float temperature,
    @JsonProperty("top_p") Float topP,
    Boolean plain) {
  /** Greedy, 128 tokens. */
  public static final Generation DEFAULT = new Generation(null, null, null, null);

  private static final int TOKENS_DEFAULT = 128;

  public Generation {
    maxNewTokens = maxNewTokens == null ? TOKENS_DEFAULT : maxNewTokens;
    temperature = temperature == null ? 0f : temperature;
    topP = topP == null ? 1f : topP;
    plain = plain != null && plain;
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("max_new_tokens must be at least 1: " + maxNewTokens);
    }
  }

  /** The same with another limit. */
  public Generation withMaxNewTokens(int tokens) {
    return new Generation(tokens, temperature, topP, plain);
  }
}
