package dev.moonflow.kernels.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The router read off SPEC section 8.4, with sorts and double arithmetic: slow, and written apart
 * from the real ones. Its choices are made on float scores, because ties are.
 */
final class ReferenceMoeRouter {
  private ReferenceMoeRouter() {}

  record Choice(List<Integer> experts, double[] weights) {}

  /** Routes one token, given its float scores [E]. */
  static Choice choose(float[] scores, float[] bias, RoutingSpec spec) {
    float[] c = new float[scores.length];
    for (int e = 0; e < c.length; e++) {
      float sum = scores[e] + bias[e];
      c[e] = Float.isNaN(sum) ? Float.POSITIVE_INFINITY : sum;
    }
    List<Integer> groups =
        best(IntStream.range(0, spec.groups()), g -> groupScore(c, g, spec), spec.topKGroups());
    IntStream open =
        IntStream.range(0, c.length).filter(e -> groups.contains(e / spec.groupSize()));
    List<Integer> experts = best(open, e -> c[e], spec.topK());
    double sum = experts.stream().mapToDouble(e -> scores[e]).sum();
    double divisor = spec.normalize() && spec.topK() > 1 ? sum + 1e-20 : 1;
    return new Choice(
        experts,
        experts.stream().mapToDouble(e -> scores[e] / divisor * (double) spec.scale()).toArray());
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Choice numbers sorted by expert; List.sort is stable. */
  static int[] permutation(int[] experts) {
    List<Integer> choices = new ArrayList<>(IntStream.range(0, experts.length).boxed().toList());
    choices.sort(Comparator.comparingInt(choice -> experts[choice]));
    return choices.stream().mapToInt(Integer::intValue).toArray();
  }

  private static float groupScore(float[] c, int group, RoutingSpec spec) {
    List<Float> members = new ArrayList<>();
    for (int e = group * spec.groupSize(); e < (group + 1) * spec.groupSize(); e++) {
      members.add(c[e]);
    }
    members.sort(Comparator.reverseOrder());
    float score = members.size() == 1 ? members.get(0) : members.get(0) + members.get(1);
    return Float.isNaN(score) ? Float.POSITIVE_INFINITY : score;
  }

  private interface Score {
    float of(int index);
  }

  private static List<Integer> best(IntStream candidates, Score score, int n) {
    // -0 and 0 are equal scores, so compare as numbers, not as Float.compare does.
    Comparator<Integer> larger =
        (a, b) ->
            score.of(a) > score.of(b) ? -1 : score.of(a) < score.of(b) ? 1 : Integer.compare(a, b);
    return candidates.boxed().sorted(larger).limit(n).toList();
  }
}
