package dev.moonflow.training.network;

import java.util.Arrays;

/**
 * What of a batch is to be predicted, and from where.
 *
 * @param rows [n] positions whose hidden state predicts: the one before the target
 * @param places [n] positions of the targets
 * @param tokens [n] target ids
 * @param weights [n] weights, not 0
 */
record Targets(int[] rows, int[] places, int[] tokens, float[] weights) {

  static Targets of(PackedBatch batch) {
    for (int s = 0; s + 1 < batch.segmentStarts().length; s++) {
      int first = batch.segmentStarts()[s];
      if (first < batch.length() && batch.targetWeights()[first] != 0) {
        throw new IllegalArgumentException(
            "token " + first + " begins a segment and cannot be a target");
      }
    }
    int[] places = new int[batch.length()];
    int count = 0;
    for (int t = 0; t < batch.length(); t++) {
      if (batch.targetWeights()[t] != 0) {
        places[count++] = t;
      }
    }
    places = Arrays.copyOf(places, count);
    int[] rows = new int[count];
    int[] tokens = new int[count];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      rows[i] = places[i] - 1;
      tokens[i] = batch.tokens()[places[i]];
      weights[i] = batch.targetWeights()[places[i]];
    }
    return new Targets(rows, places, tokens, weights);
  }

  int size() {
    return rows.length;
  }

  Targets slice(int from, int to) {
    return new Targets(
        Arrays.copyOfRange(rows, from, to),
        Arrays.copyOfRange(places, from, to),
        Arrays.copyOfRange(tokens, from, to),
        Arrays.copyOfRange(weights, from, to));
  }
}
