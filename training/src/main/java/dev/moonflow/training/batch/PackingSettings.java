package dev.moonflow.training.batch;

/**
 * How examples become batches.
 *
 * @param contextTokens tokens of a segment at most
 * @param batchTokens tokens of one micro-batch at most; at least the context
 * @param batchPatches patches of one micro-batch at most
 * @param cutLong whether an example longer than the context is cut there (true) or refused; both
 *     are counted
 * @param joinDocuments whether pre-training samples share a segment, apart by [EOS] alone, or have
 *     one each; conversations always have one each
 */
public record PackingSettings(
    int contextTokens, int batchTokens, int batchPatches, boolean cutLong, boolean joinDocuments) {
  public PackingSettings {
    if (contextTokens < 2 || batchTokens < contextTokens || batchPatches < 1) {
      throw new IllegalArgumentException(
          ("a batch needs a context of at least 2 tokens, at least as many tokens as the context,"
                  + " and a patch: %d, %d, %d")
              .formatted(contextTokens, batchTokens, batchPatches));
    }
  }
}
