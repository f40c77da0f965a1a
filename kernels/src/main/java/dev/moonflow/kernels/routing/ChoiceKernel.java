package dev.moonflow.kernels.routing;

/**
 * The choice of experts for one token inside a kernel: scores, group limit, top-k, weights. The
 * twin of {@link ExpertSelection}: the order of choice is the same, reached by looking for the best
 * of what is left in each slot, because an item has no list of its own to sort.
 */
@SuppressWarnings("IdentityBinaryExpression") // x != x is how a kernel asks for NaN
abstract class ChoiceKernel extends SigmoidKernel {
  final float[] logits; // [T, E]
  final float[] bias; // [E]
  final float[] scores; // [T, E]
  final float[] weights; // [T, k]
  final int[] experts; // [T, k]
  final float[] groupScores; // [T, groups]
  final int[] groupKept; // [T, groups]

  final int expertCount;
  final int topK;
  final int groups;
  final int topKGroups;
  final int groupMembers;
  final int normalize;
  final float scale;
  final float sumEpsilon = RoutingSpec.SUM_EPSILON;

  ChoiceKernel(RoutingSpec spec, int capacity) {
    expertCount = spec.experts();
    topK = spec.topK();
    groups = spec.groups();
    topKGroups = spec.topKGroups();
    groupMembers = spec.groupSize();
    normalize = spec.normalizes() ? 1 : 0;
    scale = spec.scale();
    logits = new float[Math.multiplyExact(capacity, expertCount)];
    bias = new float[expertCount];
    scores = new float[logits.length];
    weights = new float[capacity * topK];
    experts = new int[capacity * topK];
    groupScores = new float[capacity * groups];
    groupKept = new int[capacity * groups];
  }

  final void score(int token) {
    int row = token * expertCount;
    for (int e = 0; e < expertCount; e++) {
      scores[row + e] = sigmoid(logits[row + e]);
    }
  }

  /** Marks the best groups of a token, best first; ties to the lower index. */
  final void keepGroups(int token) {
    int row = token * groups;
    for (int g = 0; g < groups; g++) {
      groupKept[row + g] = topKGroups == groups ? 1 : 0;
      groupScores[row + g] = groupScore(token * expertCount, g * groupMembers);
    }
    if (topKGroups < groups) {
      for (int slot = 0; slot < topKGroups; slot++) {
        int best = -1;
        for (int g = 0; g < groups; g++) {
          if (groupKept[row + g] == 0) {
            if (best < 0) {
              best = g;
            } else if (groupScores[row + g] > groupScores[row + best]) {
              best = g;
            }
          }
        }
        groupKept[row + best] = 1;
      }
    }
  }

  private float groupScore(int row, int from) {
    float first = biased(row, from);
    float second = Float.NEGATIVE_INFINITY;
    for (int e = from + 1; e < from + groupMembers; e++) {
      float c = biased(row, e);
      if (c > first) {
        second = first;
        first = c;
      } else if (c > second) {
        second = c;
      }
    }
    float score = first;
    if (groupMembers > 1) {
      score = ranked(first + second);
    }
    return score;
  }

  /**
   * Top-k: each slot takes the best expert that comes after the last one in the order of choice.
   */
  final void choose(int token) {
    int row = token * expertCount;
    float lastScore = 0f;
    int last = -1;
    for (int slot = 0; slot < topK; slot++) {
      float bestScore = 0f;
      int best = -1;
      for (int g = 0; g < groups; g++) {
        if (groupKept[token * groups + g] == 1) {
          for (int e = g * groupMembers; e < (g + 1) * groupMembers; e++) {
            float c = biased(row, e);
            int open = 0;
            if (last < 0) {
              open = 1;
            } else if (c < lastScore) {
              open = 1;
            } else if (c == lastScore) {
              open = e > last ? 1 : 0;
            }
            if (open == 1) {
              if (best < 0) {
                best = e;
                bestScore = c;
              } else if (c > bestScore) {
                best = e;
                bestScore = c;
              }
            }
          }
        }
      }
      experts[token * topK + slot] = best;
      last = best;
      lastScore = bestScore;
    }
  }

  final void weigh(int token) {
    float sum = 0f;
    for (int i = token * topK; i < (token + 1) * topK; i++) {
      sum = sum + scores[token * expertCount + experts[i]];
    }
    float factor = 1f;
    if (normalize == 1) {
      factor = inverse(sum + sumEpsilon);
    }
    for (int i = token * topK; i < (token + 1) * topK; i++) {
      weights[i] = scores[token * expertCount + experts[i]] * factor * scale;
    }
  }

  private float biased(int row, int e) {
    return ranked(scores[row + e] + bias[e]);
  }

  /** NaN counts as plus infinity. */
  private float ranked(float score) {
    return score == score ? score : Float.POSITIVE_INFINITY;
  }
}
