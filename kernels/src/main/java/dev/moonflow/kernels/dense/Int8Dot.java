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
    for (int lane = 0; lane < WeightFormat.BLOCK; lane += MappedVectors.WIDTH) {
      int at = block + 4 * lane;
      IntVector even = IntVector.zero(MappedVectors.INTS);
      IntVector odd = even;
      for (int i = xo; i < xo + in / 2; i += 4) {
        even = even.add(four(MappedVectors.ints(w, at), x[i], x[i + 2]));
        odd = odd.add(four(MappedVectors.ints(w, at + 256), x[i + 1], x[i + 3]));
        at += 512;
      }
      even.add(odd).intoArray(sums, to + lane);
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
