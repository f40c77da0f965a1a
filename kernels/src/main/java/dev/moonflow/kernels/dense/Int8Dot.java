package dev.moonflow.kernels.dense;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Dot products of one quantised row with INT8 blocks, straight from memory. Lanes are outputs; two
 * products fit a short.
 */
final class Int8Dot {
  private Int8Dot() {}

  /**
   * Sums for 64 outputs.
   *
   * @param block where the block begins
   * @param x {@link QuantizedRows.Form#PAIRS} of the row from {@code xo}
   * @param in inputs with padding
   * @param sums [64] from {@code to}, overwritten
   */
  static void block(Object w, int block, int[] x, int xo, int in, int[] sums, int to) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      int at = block + 4 * lane;
      IntVector s0 = IntVector.zero(MappedVectors.INTS);
      IntVector s1 = s0;
      IntVector s2 = s0;
      IntVector s3 = s0;
      for (int i = 0; i < in / 2; i += 4) {
        int xi = xo + i;
        s0 = s0.add(four(MappedVectors.ints(w, at), x[xi], x[xi + 2]));
        s1 = s1.add(four(MappedVectors.ints(w, at + 64), x[xi], x[xi + 2]));
        s2 = s2.add(four(MappedVectors.ints(w, at + 128), x[xi], x[xi + 2]));
        s3 = s3.add(four(MappedVectors.ints(w, at + 192), x[xi], x[xi + 2]));
        s0 = s0.add(four(MappedVectors.ints(w, at + 256), x[xi + 1], x[xi + 3]));
        s1 = s1.add(four(MappedVectors.ints(w, at + 320), x[xi + 1], x[xi + 3]));
        s2 = s2.add(four(MappedVectors.ints(w, at + 384), x[xi + 1], x[xi + 3]));
        s3 = s3.add(four(MappedVectors.ints(w, at + 448), x[xi + 1], x[xi + 3]));
        at += 512;
      }
      s0.intoArray(sums, to + lane);
      s1.intoArray(sums, to + 16 + lane);
      s2.intoArray(sums, to + 32 + lane);
      s3.intoArray(sums, to + 48 + lane);
    }
  }

  /** Four products and their sum for each output. */
  private static IntVector four(IntVector weights, int even, int odd) {
    ShortVector bytes = weights.reinterpretAsShorts();
    ShortVector low = bytes.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
    ShortVector high = bytes.lanewise(VectorOperators.ASHR, 8);
    ShortVector e = IntVector.broadcast(MappedVectors.INTS, even).reinterpretAsShorts();
    ShortVector o = IntVector.broadcast(MappedVectors.INTS, odd).reinterpretAsShorts();
    IntVector two = low.mul(e).add(high.mul(o)).reinterpretAsInts();
    return two.lanewise(VectorOperators.LSHL, 16)
        .lanewise(VectorOperators.ASHR, 16)
        .add(two.lanewise(VectorOperators.ASHR, 16));
  }
}
