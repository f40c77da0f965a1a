package dev.moonflow.kernels.routing;

/**
 * The gate of one MoE layer (SPEC section 8.4).
 *
 * @param experts E, routed experts
 * @param topK k, experts per token, at most E
 * @param groups consecutive equal groups; divides E
 * @param topKGroups groups kept per token, at most {@code groups}
 * @param normalize whether the chosen weights are divided by their sum (only when k is above 1)
 * @param scale the routed scaling factor
 */
public record RoutingSpec(
    int experts, int topK, int groups, int topKGroups, boolean normalize, float scale) {}
