package dev.moonflow.model.engine;

/**
 * Budgets of one engine.
 *
 * @param maxRunning requests admitted at once
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

  /** Settings that suit a small model on a laptop. */
  public static EngineLimits defaults() {
    return new EngineLimits(64, 16_384, 512, 262_144, 65_536, 32_768);
  }
}
