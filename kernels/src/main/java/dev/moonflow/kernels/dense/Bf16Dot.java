package dev.moonflow.kernels.dense;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products of one row of floats with BF16 blocks, straight from memory, in the order of additions
 * of the float tiles.
 */
final class Bf16Dot {
  private static final int HIGH = 0xFFFF0000;

  private Bf16Dot() {}

  /**
   * y = x Wᵀ, or y + that, for 64 outputs.
   *
   * @param at where the block's inputs begin
   * @param x inputs from {@code xo}; an odd last one is followed by 0
   * @param inputs even
   * @param y [64] from {@code yo}
   */
  static void block(
      Object w, int at, float[] x, int xo, int inputs, float[] y, int yo, boolean add) {
    for (int lane = 0; lane < WeightFormat.PANEL; lane += MappedVectors.WIDTH) {
      int from = at + 4 * lane;
      FloatVector a0 = FloatVector.zero(MappedVectors.FLOATS);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      for (int i = 0; i < inputs; i += 2) {
        FloatVector x0 = FloatVector.broadcast(MappedVectors.FLOATS, x[xo + i]);
        FloatVector x1 = FloatVector.broadcast(MappedVectors.FLOATS, x[xo + i + 1]);
        IntVector w0 = MappedVectors.ints(w, from);
        IntVector w1 = MappedVectors.ints(w, from + 64);
        IntVector w2 = MappedVectors.ints(w, from + 128);
        IntVector w3 = MappedVectors.ints(w, from + 192);
        a0 = high(w0).fma(x1, low(w0).fma(x0, a0));
        a1 = high(w1).fma(x1, low(w1).fma(x0, a1));
        a2 = high(w2).fma(x1, low(w2).fma(x0, a2));
        a3 = high(w3).fma(x1, low(w3).fma(x0, a3));
        from += 256;
      }
      store(a0, y, yo + lane, add);
      store(a1, y, yo + 16 + lane, add);
      store(a2, y, yo + 32 + lane, add);
      store(a3, y, yo + 48 + lane, add);
    }
  }

  static FloatVector low(IntVector pair) {
    return pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  static FloatVector high(IntVector pair) {
    return pair.and(HIGH).reinterpretAsFloats();
  }

  private static void store(FloatVector sum, float[] y, int at, boolean add) {
    FloatVector total = add ? FloatVector.fromArray(MappedVectors.FLOATS, y, at).add(sum) : sum;
    total.intoArray(y, at);
  }
}
