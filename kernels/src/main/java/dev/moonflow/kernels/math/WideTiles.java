package dev.moonflow.kernels.math;

import jdk.incubator.vector.FloatVector;

/**
 * Products of 8 rows with 1 or 2 panels: the inner loops of large products.
 *
 * <p>x has one row every {@code xs} values from {@code xo}. The weights of one input are
 * consecutive lanes; the next input's lie {@code wStep} further, the next panel's {@code wPanel}
 * further. y gets {@code x Wᵀ} over {@code k} inputs, or with {@code add} y + that. Each lane is
 * one output, reduced in ascending order of inputs by fused multiply-add.
 *
 * <p>The accumulators are spelled out as variables because only so does the compiler keep them in
 * registers; sums are stored one by one in the open, because a function that takes a vector may box
 * it.
 */
final class WideTiles {
  private WideTiles() {}

  static void rows8panels2(
      float[] x,
      int xo,
      int xs,
      float[] w,
      int wo,
      int wPanel,
      int wStep,
      int k,
      float[] y,
      int yo,
      int ys,
      boolean add) {
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector a00 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a01 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a10 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a11 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a20 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a21 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a30 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a31 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a40 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a41 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a50 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a51 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a60 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a61 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a70 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a71 = FloatVector.zero(Lanes.FLOATS);
      for (int i = 0; i < k; i++) {
        int at = wo + i * wStep + lane;
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, at);
        FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, w, at + wPanel);
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, x[xo + i]);
        a00 = w0.fma(v, a00);
        a01 = w1.fma(v, a01);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + xs + i]);
        a10 = w0.fma(v, a10);
        a11 = w1.fma(v, a11);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 2 * xs + i]);
        a20 = w0.fma(v, a20);
        a21 = w1.fma(v, a21);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 3 * xs + i]);
        a30 = w0.fma(v, a30);
        a31 = w1.fma(v, a31);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 4 * xs + i]);
        a40 = w0.fma(v, a40);
        a41 = w1.fma(v, a41);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 5 * xs + i]);
        a50 = w0.fma(v, a50);
        a51 = w1.fma(v, a51);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 6 * xs + i]);
        a60 = w0.fma(v, a60);
        a61 = w1.fma(v, a61);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 7 * xs + i]);
        a70 = w0.fma(v, a70);
        a71 = w1.fma(v, a71);
      }
      if (add) {
        a00 = a00.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + lane));
        a01 = a01.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + Lanes.PANEL + lane));
        a10 = a10.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + lane));
        a11 = a11.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + Lanes.PANEL + lane));
        a20 = a20.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 2 * ys + lane));
        a21 = a21.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 2 * ys + Lanes.PANEL + lane));
        a30 = a30.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 3 * ys + lane));
        a31 = a31.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 3 * ys + Lanes.PANEL + lane));
        a40 = a40.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 4 * ys + lane));
        a41 = a41.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 4 * ys + Lanes.PANEL + lane));
        a50 = a50.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 5 * ys + lane));
        a51 = a51.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 5 * ys + Lanes.PANEL + lane));
        a60 = a60.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 6 * ys + lane));
        a61 = a61.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 6 * ys + Lanes.PANEL + lane));
        a70 = a70.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 7 * ys + lane));
        a71 = a71.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 7 * ys + Lanes.PANEL + lane));
      }
      a00.intoArray(y, yo + lane);
      a01.intoArray(y, yo + Lanes.PANEL + lane);
      a10.intoArray(y, yo + ys + lane);
      a11.intoArray(y, yo + ys + Lanes.PANEL + lane);
      a20.intoArray(y, yo + 2 * ys + lane);
      a21.intoArray(y, yo + 2 * ys + Lanes.PANEL + lane);
      a30.intoArray(y, yo + 3 * ys + lane);
      a31.intoArray(y, yo + 3 * ys + Lanes.PANEL + lane);
      a40.intoArray(y, yo + 4 * ys + lane);
      a41.intoArray(y, yo + 4 * ys + Lanes.PANEL + lane);
      a50.intoArray(y, yo + 5 * ys + lane);
      a51.intoArray(y, yo + 5 * ys + Lanes.PANEL + lane);
      a60.intoArray(y, yo + 6 * ys + lane);
      a61.intoArray(y, yo + 6 * ys + Lanes.PANEL + lane);
      a70.intoArray(y, yo + 7 * ys + lane);
      a71.intoArray(y, yo + 7 * ys + Lanes.PANEL + lane);
    }
  }

  static void rows8panels1(
      float[] x,
      int xo,
      int xs,
      float[] w,
      int wo,
      int wPanel,
      int wStep,
      int k,
      float[] y,
      int yo,
      int ys,
      boolean add) {
    for (int lane = 0; lane < Lanes.PANEL; lane += Lanes.WIDTH) {
      FloatVector a00 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a10 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a20 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a30 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a40 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a50 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a60 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a70 = FloatVector.zero(Lanes.FLOATS);
      for (int i = 0; i < k; i++) {
        int at = wo + i * wStep + lane;
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, at);
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, x[xo + i]);
        a00 = w0.fma(v, a00);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + xs + i]);
        a10 = w0.fma(v, a10);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 2 * xs + i]);
        a20 = w0.fma(v, a20);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 3 * xs + i]);
        a30 = w0.fma(v, a30);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 4 * xs + i]);
        a40 = w0.fma(v, a40);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 5 * xs + i]);
        a50 = w0.fma(v, a50);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 6 * xs + i]);
        a60 = w0.fma(v, a60);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + 7 * xs + i]);
        a70 = w0.fma(v, a70);
      }
      if (add) {
        a00 = a00.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + lane));
        a10 = a10.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + lane));
        a20 = a20.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 2 * ys + lane));
        a30 = a30.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 3 * ys + lane));
        a40 = a40.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 4 * ys + lane));
        a50 = a50.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 5 * ys + lane));
        a60 = a60.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 6 * ys + lane));
        a70 = a70.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 7 * ys + lane));
      }
      a00.intoArray(y, yo + lane);
      a10.intoArray(y, yo + ys + lane);
      a20.intoArray(y, yo + 2 * ys + lane);
      a30.intoArray(y, yo + 3 * ys + lane);
      a40.intoArray(y, yo + 4 * ys + lane);
      a50.intoArray(y, yo + 5 * ys + lane);
      a60.intoArray(y, yo + 6 * ys + lane);
      a70.intoArray(y, yo + 7 * ys + lane);
    }
  }
}
