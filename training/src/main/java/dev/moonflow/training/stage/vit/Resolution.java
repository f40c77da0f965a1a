package dev.moonflow.training.stage.vit;

import dev.moonflow.model.image.PreprocessorConfig;

/**
 * Progressive resolution (SPEC section 12.2): images are scaled down to a number of patches that
 * grows in a line over the stage's first steps.
 *
 * @param start patches of an image at most, at the first step
 * @param end patches of an image at most, from {@code steps} on
 * @param steps of the growth; 0 for {@code end} throughout
 */
record Resolution(int start, int end, long steps) {

  /** Patches of an image at most. */
  int patches(long step) {
    if (step >= steps) {
      return end;
    }
    return (int) Math.round(start + (end - start) * (step - 1.0) / Math.max(1, steps - 1));
  }

  /** A model's settings with the limit of a step. */
  PreprocessorConfig at(long step, PreprocessorConfig config) {
    return new PreprocessorConfig(
        config.patchSize(),
        patches(step),
        config.padInput(),
        config.mean(),
        config.std(),
        config.mergeRows(),
        config.mergeCols(),
        config.pooledTokens());
  }
}
