package dev.moonflow.model.engine;

/**
 * How the next token is chosen. The draw for the token at a position depends on the seed and that
 * position alone, so a generation that stops and goes on elsewhere continues with the same tokens.
 *
 * @param temperature 0 is greedy (ties to the lower id); up to 2
 * @param topP nucleus mass in (0, 1]
 * @param seed key of the counter-based generator
 * @param ignoreStopTokens whether to go on past stop tokens up to the limit
 */
public record SamplingParameters(
    float temperature, float topP, long seed, boolean ignoreStopTokens) {
  public SamplingParameters {
    if (!(temperature >= 0f && temperature <= 2f)) {
      throw new IllegalArgumentException("temperature must lie in [0, 2]: " + temperature);
    }
    if (!(topP > 0f && topP <= 1f)) {
      throw new IllegalArgumentException("top_p must lie in (0, 1]: " + topP);
    }
  }

  /** The most likely token at every position. */
  public static SamplingParameters greedy() {
    return new SamplingParameters(0f, 1f, 0L, false);
  }
}
