package dev.moonflow.kernels.routing;

import dev.moonflow.kernels.math.Activations;
import dev.moonflow.kernels.math.Transcendentals;
import java.util.Arrays;

/** The router in Java, its scores on the Vector API; keeps no state, so threads may share it. */
public final class CpuMoeRouter implements MoeRouter {

  @Override
  public Routing route(float[] logits, int tokens, float[] bias, RoutingSpec spec) {
    spec.requireFits(logits, tokens, bias);
    int k = spec.topK();
    float[] scores = Arrays.copyOf(logits, Math.multiplyExact(tokens, spec.experts()));
    Activations.sigmoid(scores, 0, scores.length);
    int[] experts = new int[Math.multiplyExact(tokens, k)];
    float[] weights = new float[experts.length];
    ExpertSelection selection = new ExpertSelection(spec);
    for (int t = 0; t < tokens; t++) {
      selection.choose(scores, t * spec.experts(), bias, experts, t * k);
      weigh(scores, t * spec.experts(), experts, weights, t * k, spec);
    }
    return group(scores, experts, weights, spec.experts());
  }

  /** w = s at the chosen experts, times 1 / (sum w + 1e-20) summed best first, times the scale. */
  private static void weigh(
      float[] scores, int row, int[] experts, float[] weights, int at, RoutingSpec spec) {
    float sum = 0f;
    for (int i = at; i < at + spec.topK(); i++) {
      weights[i] = scores[row + experts[i]];
      sum += weights[i];
    }
    // A reciprocal and products, because those every device can be held to.
    float factor =
        spec.normalizes() ? Transcendentals.reciprocal(sum + RoutingSpec.SUM_EPSILON) : 1f;
    for (int i = at; i < at + spec.topK(); i++) {
      weights[i] = weights[i] * factor * spec.scale();
    }
  }

  /** Counts the choices of each expert and sorts them by expert, keeping their order. */
  private static Routing group(float[] scores, int[] experts, float[] weights, int expertCount) {
    int[] counts = new int[expertCount];
    for (int expert : experts) {
      counts[expert]++;
    }
    int[] offsets = new int[expertCount + 1];
    for (int e = 0; e < expertCount; e++) {
      offsets[e + 1] = offsets[e] + counts[e];
    }
    int[] next = offsets.clone();
    int[] permutation = new int[experts.length];
    for (int choice = 0; choice < experts.length; choice++) {
      permutation[next[experts[choice]]++] = choice;
    }
    return new Routing(scores, experts, weights, counts, offsets, permutation);
  }
}
