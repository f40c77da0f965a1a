package dev.moonflow.kernels.routing;

/**
 * Which tokens go to which experts. T tokens, k choices each.
 *
 * @param scores [T, E] sigmoid scores, without the bias
 * @param experts [T, k] chosen experts, best first, ties to the lower index
 * @param weights [T, k] weight of each choice, normalised and scaled
 * @param counts [E] choices per expert
 * @param offsets [E + 1] cumulative counts, from 0 to T k
 * @param permutation [T k] choice numbers (token * k + slot) grouped by expert, ascending inside an
 *     expert: a stable sort
 */
public record Routing(
    float[] scores,
    int[] experts,
    float[] weights,
    int[] counts,
    int[] offsets,
    int[] permutation) {}
