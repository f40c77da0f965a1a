package dev.moonflow.kernels.routing;

import java.util.Arrays;

/**
 * The choice of experts for one token after another: group limit, then top-k (SPEC section 8.4,
 * steps 2 to 4). Holds scratch for one thread.
 */
final class ExpertSelection {
  private final RoutingSpec spec;
  private final float[] biased; // [E]
  private final BestOf groups;
  private final BestOf experts;
  private final boolean[] kept; // [groups]

  ExpertSelection(RoutingSpec spec) {
    this.spec = spec;
    this.biased = new float[spec.experts()];
    this.groups = new BestOf(spec.topKGroups());
    this.experts = new BestOf(spec.topK());
    this.kept = new boolean[spec.groups()];
  }

  /**
   * Chooses the experts of one token, best first.
   *
   * @param scores [T, E], the token's row starting at {@code row}
   * @param chosen receives k experts from {@code at}
   */
  void choose(float[] scores, int row, float[] bias, int[] chosen, int at) {
    for (int e = 0; e < biased.length; e++) {
      biased[e] = ranked(scores[row + e] + bias[e]);
    }
    keepGroups();
    experts.clear();
    int size = spec.groupSize();
    for (int g = 0; g < kept.length; g++) {
      for (int e = g * size; kept[g] && e < (g + 1) * size; e++) {
        experts.offer(biased[e], e);
      }
    }
    System.arraycopy(experts.index, 0, chosen, at, spec.topK());
  }

  private void keepGroups() {
    if (!spec.limitsGroups()) {
      Arrays.fill(kept, true);
      return;
    }
    groups.clear();
    for (int g = 0; g < kept.length; g++) {
      groups.offer(groupScore(g * spec.groupSize(), spec.groupSize()), g);
      kept[g] = false;
    }
    for (int g : groups.index) {
      kept[g] = true;
    }
  }

  /** Sum of the two largest biased scores of a group; of a group of one, its only score. */
  private float groupScore(int from, int size) {
    float first = biased[from];
    float second = Float.NEGATIVE_INFINITY;
    for (int e = from + 1; e < from + size; e++) {
      if (biased[e] > first) {
        second = first;
        first = biased[e];
      } else if (biased[e] > second) {
        second = biased[e];
      }
    }
    return size == 1 ? first : ranked(first + second);
  }

  /** The score that choosing compares: NaN counts as plus infinity. */
  private static float ranked(float score) {
    return Float.isNaN(score) ? Float.POSITIVE_INFINITY : score;
  }

  /** The n largest of the offered values, largest first; of equal ones the first offered leads. */
  private static final class BestOf {
    final int[] index;
    private final float[] value;
    private int size;

    BestOf(int n) {
      index = new int[n];
      value = new float[n];
    }

    void clear() {
      size = 0;
    }

    void offer(float candidate, int candidateIndex) {
      if (size == index.length && !(candidate > value[size - 1])) {
        return;
      }
      int at = size < index.length ? size++ : size - 1;
      for (; at > 0 && candidate > value[at - 1]; at--) {
        value[at] = value[at - 1];
        index[at] = index[at - 1];
      }
      value[at] = candidate;
      index[at] = candidateIndex;
    }
  }
}
