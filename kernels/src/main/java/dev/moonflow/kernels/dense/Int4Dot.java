package dev.moonflow.kernels.dense;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Dot products of one quantised row with INT4 panels, straight from memory. Lanes are outputs.
 *
 * <p>A digit as stored is 0 to 15, a product at most 15 * 127, and 16 of them fit a short: so a
 * group of 32 inputs is summed in shorts, two for each output, and only then widened.
 */
final class Int4Dot {
  private static final int DIGITS = 0x000F000F;

  private Int4Dot() {}

  /**
   * Sums for 16 outputs of a panel.
   *
   * @param panel where the panel begins
   * @param x {@link QuantizedRows.Form#PAIRS} of the row from {@code xo}
   * @param groupSums of the row from {@code go}
   * @param groups of 32 inputs
   * @param sums [16] from {@code to}, overwritten
   */
  static void panel(
      Object w,
      int panel,
      int[] x,
      int xo,
      int[] groupSums,
      int go,
      int groups,
      int[] sums,
      int to) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      int at = panel + 4 * lane;
      int xi = xo;
      IntVector total = IntVector.zero(MappedVectors.INTS);
      for (int first = 0; first < groups; first += WeightFormat.GROUPS) {
        IntVector multipliers = MappedVectors.ints(w, at);
        at += 64;
        int end = Math.min(groups, first + WeightFormat.GROUPS);
        for (int g = first; g < end; g++) {
          ShortVector a = IntVector.zero(MappedVectors.INTS).reinterpretAsShorts();
          ShortVector b = a;
          // A loop, though it is short: written out, it is more than the compiler takes in.
          for (int i = 0; i < 4; i++) {
            IntVector v = MappedVectors.ints(w, at);
            a = a.add(times(v, x[xi]));
            b = b.add(times(v.lanewise(VectorOperators.LSHR, 4), x[xi + 1]));
            a = a.add(times(v.lanewise(VectorOperators.LSHR, 8), x[xi + 2]));
            b = b.add(times(v.lanewise(VectorOperators.LSHR, 12), x[xi + 3]));
            at += 64;
            xi += 4;
          }
          IntVector both = a.add(b).reinterpretAsInts();
          IntVector low =
              both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
          IntVector sum =
              low.add(both.lanewise(VectorOperators.ASHR, 16)).sub(8 * groupSums[go + g]);
          IntVector m = multipliers.and(15).add(1);
          total = total.add(sum.mul(m));
          multipliers = multipliers.lanewise(VectorOperators.LSHR, 4);
        }
      }
      total.intoArray(sums, to + lane);
    }
  }

  private static ShortVector times(IntVector digits, int x) {
    ShortVector two = IntVector.broadcast(MappedVectors.INTS, x).reinterpretAsShorts();
    return digits.and(DIGITS).reinterpretAsShorts().mul(two);
  }
}
