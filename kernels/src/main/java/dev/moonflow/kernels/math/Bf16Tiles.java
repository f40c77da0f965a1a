package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products of one row with BF16 panels, and the widening of BF16 panels to floats. The order of
 * additions is that of the float tiles, so the bits are too.
 */
final class Bf16Tiles {
  private static final int HIGH = 0xFFFF0000;

  private Bf16Tiles() {}

  /** y = x Wᵀ, or y + that, for one row and some whole panels. */
  static void run(Rows x, int[] w, int wo, int wPanel, int k, int panels, Rows y, boolean add) {
    int p = 0;
    for (; p + 4 <= panels; p += 4) {
      int yo = y.offset() + p * Lanes.PANEL;
      panels4(x.values(), x.offset(), w, wo + p * wPanel, wPanel, k, y.values(), yo, add);
    }
    for (; p < panels; p++) {
      int yo = y.offset() + p * Lanes.PANEL;
      panels1(x.values(), x.offset(), w, wo + p * wPanel, k, y.values(), yo, add);
    }
  }

  /** Widens {@code pairs} pairs of inputs of one panel. */
  static void widen(int[] w, int wo, int pairs, float[] wide, int to) {
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      for (int i = 0; i < pairs; i++) {
        IntVector pair = IntVector.fromArray(Lanes.INTS, w, wo + i * Lanes.PANEL + lane);
        int at = to + 2 * i * Lanes.PANEL + lane;
        low(pair).intoArray(wide, at);
        high(pair).intoArray(wide, at + Lanes.PANEL);
      }
    }
  }

  private static void panels4(
      float[] x, int xo, int[] w, int wo, int wPanel, int k, float[] y, int yo, boolean add) {
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a1 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a2 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a3 = FloatVector.zero(Lanes.FLOATS);
      int pairs = k / 2;
      for (int i = 0; i < pairs; i++) {
        int at = wo + i * Lanes.PANEL + lane;
        FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, x[xo + 2 * i]);
        FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, x[xo + 2 * i + 1]);
        IntVector w0 = IntVector.fromArray(Lanes.INTS, w, at);
        IntVector w1 = IntVector.fromArray(Lanes.INTS, w, at + wPanel);
        IntVector w2 = IntVector.fromArray(Lanes.INTS, w, at + 2 * wPanel);
        IntVector w3 = IntVector.fromArray(Lanes.INTS, w, at + 3 * wPanel);
        a0 = high(w0).fma(x1, low(w0).fma(x0, a0));
        a1 = high(w1).fma(x1, low(w1).fma(x0, a1));
        a2 = high(w2).fma(x1, low(w2).fma(x0, a2));
        a3 = high(w3).fma(x1, low(w3).fma(x0, a3));
      }
      if (k % 2 != 0) {
        int at = wo + pairs * Lanes.PANEL + lane;
        FloatVector last = FloatVector.broadcast(Lanes.FLOATS, x[xo + k - 1]);
        a0 = low(IntVector.fromArray(Lanes.INTS, w, at)).fma(last, a0);
        a1 = low(IntVector.fromArray(Lanes.INTS, w, at + wPanel)).fma(last, a1);
        a2 = low(IntVector.fromArray(Lanes.INTS, w, at + 2 * wPanel)).fma(last, a2);
        a3 = low(IntVector.fromArray(Lanes.INTS, w, at + 3 * wPanel)).fma(last, a3);
      }
      store(a0, y, yo + lane, add);
      store(a1, y, yo + Lanes.PANEL + lane, add);
      store(a2, y, yo + 2 * Lanes.PANEL + lane, add);
      store(a3, y, yo + 3 * Lanes.PANEL + lane, add);
    }
  }

  private static void panels1(
      float[] x, int xo, int[] w, int wo, int k, float[] y, int yo, boolean add) {
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector a = FloatVector.zero(Lanes.FLOATS);
      int pairs = k / 2;
      for (int i = 0; i < pairs; i++) {
        IntVector pair = IntVector.fromArray(Lanes.INTS, w, wo + i * Lanes.PANEL + lane);
        a = low(pair).fma(FloatVector.broadcast(Lanes.FLOATS, x[xo + 2 * i]), a);
        a = high(pair).fma(FloatVector.broadcast(Lanes.FLOATS, x[xo + 2 * i + 1]), a);
      }
      if (k % 2 != 0) {
        IntVector pair = IntVector.fromArray(Lanes.INTS, w, wo + pairs * Lanes.PANEL + lane);
        a = low(pair).fma(FloatVector.broadcast(Lanes.FLOATS, x[xo + k - 1]), a);
      }
      store(a, y, yo + lane, add);
    }
  }

  private static FloatVector low(IntVector pair) {
    return pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector high(IntVector pair) {
    return pair.and(HIGH).reinterpretAsFloats();
  }

  private static void store(FloatVector sum, float[] y, int at, boolean add) {
    FloatVector total = add ? FloatVector.fromArray(Lanes.FLOATS, y, at).add(sum) : sum;
    total.intoArray(y, at);
  }
}
