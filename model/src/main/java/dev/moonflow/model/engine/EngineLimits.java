package dev.moonflow.model.engine;

/**
 * Budgets of one engine; all at least 1.
 *
 * @param maxRunning requests admitted at once; never more than {@code maxTokensPerStep}, so that
 *     each can decode in every step
 * @param maxPatchesPerStep vision patches packed in one step; one larger image goes alone
 * @param maxTokensPerStep decode tokens and prefill tokens of one step together
 * @param maxCacheTokens tokens of KV cache over all running requests
 * @param maxPatchesPerRequest patches of all images of one request
 * @param maxContextTokens prompt and generated tokens of one request
 */
public record EngineLimits(
    int maxRunning,
    int maxPatchesPerStep,
    int maxTokensPerStep,
    int maxCacheTokens,
    int maxPatchesPerRequest,
    int maxContextTokens) {
  public EngineLimits {
    requirePositive("maxRunning", maxRunning);
    requirePositive("maxPatchesPerStep", maxPatchesPerStep);
    requirePositive("maxTokensPerStep", maxTokensPerStep);
    requirePositive("maxCacheTokens", maxCacheTokens);
    requirePositive("maxPatchesPerRequest", maxPatchesPerRequest);
    requirePositive("maxContextTokens", maxContextTokens);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }

  /** Settings that suit a small model on a laptop. */
  public static EngineLimits defaults() {
    return new EngineLimits(64, 16_384, 512, 262_144, 65_536, 32_768);
  }
}
