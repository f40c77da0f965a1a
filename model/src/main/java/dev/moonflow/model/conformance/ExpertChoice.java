package dev.moonflow.model.conformance;

import java.util.stream.IntStream;

/**
 * The experts of each token as a set: ascending, with their weights. The order in which a gate
 * lists its choices is not specified (SPEC section 8.4).
 *
 * @param experts [T, k]
 * @param weights [T, k]
 * @param topK k
 */
record ExpertChoice(int[] experts, float[] weights, int topK) {
  /** How far apart biased scores of a tie may be. */
  private static final double TIE = 1e-6;

  /** Sorts each token's choices. */
  static ExpertChoice of(int[] experts, float[] weights, int tokens, int topK) {
    int[] sorted = new int[tokens * topK];
    float[] aligned = new float[tokens * topK];
    for (int t = 0; t < tokens; t++) {
      int row = t * topK;
      int[] slots =
          IntStream.range(row, row + topK)
              .boxed()
              .sorted((a, b) -> Integer.compare(experts[a], experts[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < topK; i++) {
        sorted[row + i] = experts[slots[i]];
        aligned[row + i] = weights[slots[i]];
      }
    }
    return new ExpertChoice(sorted, aligned, topK);
  }

  /**
   * Renames experts that the other choice lacks to one that it has instead, where their biased
   * scores tie; each weight goes with its expert. What differs afterwards is wrong in any order of
   * ties.
   *
   * @param scores [T, E] without the bias
   */
  ExpertChoice withTiesOf(ExpertChoice other, float[] scores, float[] bias, int expertCount) {
    int tokens = experts.length / topK;
    int[] renamed = experts.clone();
    for (int t = 0; t < tokens; t++) {
      for (int i = t * topK; i < (t + 1) * topK; i++) {
        if (!contains(other.experts, t, renamed[i])) {
          renamed[i] = tied(renamed, other, t, renamed[i], scores, bias, expertCount);
        }
      }
    }
    return of(renamed, weights, tokens, topK);
  }

  private int tied(
      int[] own,
      ExpertChoice other,
      int token,
      int expert,
      float[] scores,
      float[] bias,
      int expertCount) {
    double wanted = (double) scores[token * expertCount + expert] + bias[expert];
    for (int i = token * topK; i < (token + 1) * topK; i++) {
      int candidate = other.experts[i];
      double score = (double) scores[token * expertCount + candidate] + bias[candidate];
      if (!contains(own, token, candidate) && Math.abs(score - wanted) <= TIE) {
        return candidate;
      }
    }
    return expert;
  }

  private boolean contains(int[] choices, int token, int expert) {
    for (int i = token * topK; i < (token + 1) * topK; i++) {
      if (choices[i] == expert) {
        return true;
      }
    }
    return false;
  }
}
