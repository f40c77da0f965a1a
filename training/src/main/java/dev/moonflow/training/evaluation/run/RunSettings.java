package dev.moonflow.training.evaluation.run;

import dev.moonflow.model.engine.EngineLimits;

/**
 * How a run goes.
 *
 * @param items items of each task at most
 * @param inFlight requests in the engine at once; does not change what is answered
 * @param contextTokens prompt and answer together at most; the model's own limit counts too
 * @param patchesMax vision patches of one request
 * @param seed of made items, sampling and bootstraps
 */
public record RunSettings(int items, int inFlight, int contextTokens, int patchesMax, long seed) {
  private static final int PATCHES_PER_STEP = 16_384;
  private static final int TOKENS_PER_STEP = 512;
  private static final int CACHE_TOKENS = 262_144;

  /** All items, 16 at once, contexts of 131,072 tokens. */
  public static final RunSettings DEFAULT =
      new RunSettings(Integer.MAX_VALUE, 16, 131_072, 1 << 20, 17);

  public RunSettings {
    if (items < 1 || inFlight < 1 || contextTokens < 1 || patchesMax < 1) {
      throw new IllegalArgumentException(
          "items, inFlight, contextTokens and patchesMax must be at least 1: "
              + items
              + ", "
              + inFlight
              + ", "
              + contextTokens
              + ", "
              + patchesMax);
    }
  }

  /** The same with other numbers of items. */
  public RunSettings withItems(int most) {
    return new RunSettings(most, inFlight, contextTokens, patchesMax, seed);
  }

  EngineLimits engineLimits() {
    return new EngineLimits(
        inFlight,
        PATCHES_PER_STEP,
        TOKENS_PER_STEP,
        Math.max(CACHE_TOKENS, contextTokens),
        patchesMax,
        contextTokens);
  }
}
