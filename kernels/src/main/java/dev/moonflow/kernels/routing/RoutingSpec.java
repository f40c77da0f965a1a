package dev.moonflow.kernels.routing;

import java.util.Objects;

/**
 * The gate of one MoE layer (SPEC section 8.4).
 *
 * @param experts E, routed experts, at least 1
 * @param topK k, experts per token, from 1 to the experts of the kept groups
 * @param groups consecutive equal groups; divides E
 * @param topKGroups groups kept per token, from 1 to {@code groups}
 * @param normalize whether the chosen weights are divided by their sum (only when k is above 1)
 * @param scale the routed scaling factor, finite
 */
public record RoutingSpec(
    int experts, int topK, int groups, int topKGroups, boolean normalize, float scale) {

  /** Added to the sum of the chosen weights before they are divided by it. */
  static final float SUM_EPSILON = 1e-20f;

  public RoutingSpec {
    require(experts >= 1, "experts must be at least 1, got " + experts);
    require(
        groups >= 1 && experts % groups == 0, "groups must divide " + experts + ", got " + groups);
    require(
        topKGroups >= 1 && topKGroups <= groups,
        "topKGroups must be from 1 to " + groups + ", got " + topKGroups);
    int kept = topKGroups * (experts / groups);
    require(topK >= 1 && topK <= kept, "topK must be from 1 to " + kept + ", got " + topK);
    require(Float.isFinite(scale), "scale must be finite, got " + scale);
  }

  /** Experts in one group: E / groups. */
  public int groupSize() {
    return experts / groups;
  }

  /** Whether some groups are dropped, so that group scores matter. */
  boolean limitsGroups() {
    return topKGroups < groups;
  }

  /** Whether weights are divided by their sum. */
  boolean normalizes() {
    return normalize && topK > 1;
  }

  /**
   * Refuses arrays that do not hold a batch of this gate.
   *
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  void requireFits(float[] logits, int tokens, float[] bias) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(bias, "bias");
    require(tokens >= 0, "tokens must not be negative, got " + tokens);
    long scores = (long) tokens * experts;
    require(
        logits.length >= scores,
        "logits of " + tokens + " tokens need " + scores + " values, got " + logits.length);
    require(bias.length == experts, "bias needs " + experts + " values, got " + bias.length);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("routing: " + otherwise);
    }
  }
}
