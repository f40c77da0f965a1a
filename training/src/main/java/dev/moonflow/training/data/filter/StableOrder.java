package dev.moonflow.training.data.filter;

import dev.moonflow.training.data.Draw;

/** The order of a corpus: a shuffle that depends on the seed and on each example's id alone. */
public final class StableOrder {
  private StableOrder() {}

  /** Where an example stands; equal keys are ordered by id. */
  public static long key(String id, long seed) {
    return Draw.key(id, seed, 0);
  }

  /** Compares two examples in the order of a seed, as unsigned numbers and then by id. */
  public static int compare(long keyA, String idA, long keyB, String idB) {
    int byKey = Long.compareUnsigned(keyA, keyB);
    return byKey != 0 ? byKey : idA.compareTo(idB);
  }
}
