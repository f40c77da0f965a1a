package dev.moonflow.kernels.math;

import jdk.incubator.vector.FloatVector;

/**
 * Products of 4 rows with 1 or 2 panels, of 2 with 4 and of one with 1 or 4: the loops of small
 * products.
 *
 * <p>x has one row every {@code xs} values from {@code xo}. The weights of one input are
 * consecutive lanes; the next input's lie {@code wStep} further, the next panel's {@code wPanel}
 * further. y gets {@code x Wᵀ} over {@code k} inputs, or with {@code add} y + that. Each lane is
 * one output, reduced in ascending order of inputs by fused multiply-add.
 *
 * <p>The accumulators are spelled out as variables because only so does the compiler keep them in
 * registers.
 */
final class NarrowTiles {
  private NarrowTiles() {}

  static void rows4panels2(
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
      }
      a00.intoArray(y, yo + lane);
      a01.intoArray(y, yo + Lanes.PANEL + lane);
      a10.intoArray(y, yo + ys + lane);
      a11.intoArray(y, yo + ys + Lanes.PANEL + lane);
      a20.intoArray(y, yo + 2 * ys + lane);
      a21.intoArray(y, yo + 2 * ys + Lanes.PANEL + lane);
      a30.intoArray(y, yo + 3 * ys + lane);
      a31.intoArray(y, yo + 3 * ys + Lanes.PANEL + lane);
    }
  }

  static void rows4panels1(
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
      }
      if (add) {
        a00 = a00.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + lane));
        a10 = a10.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + lane));
        a20 = a20.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 2 * ys + lane));
        a30 = a30.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 3 * ys + lane));
      }
      a00.intoArray(y, yo + lane);
      a10.intoArray(y, yo + ys + lane);
      a20.intoArray(y, yo + 2 * ys + lane);
      a30.intoArray(y, yo + 3 * ys + lane);
    }
  }

  static void rows2panels4(
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
      FloatVector a02 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a03 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a10 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a11 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a12 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a13 = FloatVector.zero(Lanes.FLOATS);
      for (int i = 0; i < k; i++) {
        int at = wo + i * wStep + lane;
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, at);
        FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, w, at + wPanel);
        FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, w, at + 2 * wPanel);
        FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, w, at + 3 * wPanel);
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, x[xo + i]);
        a00 = w0.fma(v, a00);
        a01 = w1.fma(v, a01);
        a02 = w2.fma(v, a02);
        a03 = w3.fma(v, a03);
        v = FloatVector.broadcast(Lanes.FLOATS, x[xo + xs + i]);
        a10 = w0.fma(v, a10);
        a11 = w1.fma(v, a11);
        a12 = w2.fma(v, a12);
        a13 = w3.fma(v, a13);
      }
      if (add) {
        a00 = a00.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + lane));
        a01 = a01.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + Lanes.PANEL + lane));
        a02 = a02.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 2 * Lanes.PANEL + lane));
        a03 = a03.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 3 * Lanes.PANEL + lane));
        a10 = a10.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + lane));
        a11 = a11.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + Lanes.PANEL + lane));
        a12 = a12.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + 2 * Lanes.PANEL + lane));
        a13 = a13.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + ys + 3 * Lanes.PANEL + lane));
      }
      a00.intoArray(y, yo + lane);
      a01.intoArray(y, yo + Lanes.PANEL + lane);
      a02.intoArray(y, yo + 2 * Lanes.PANEL + lane);
      a03.intoArray(y, yo + 3 * Lanes.PANEL + lane);
      a10.intoArray(y, yo + ys + lane);
      a11.intoArray(y, yo + ys + Lanes.PANEL + lane);
      a12.intoArray(y, yo + ys + 2 * Lanes.PANEL + lane);
      a13.intoArray(y, yo + ys + 3 * Lanes.PANEL + lane);
    }
  }

  static void rows1panels4(
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
      FloatVector a02 = FloatVector.zero(Lanes.FLOATS);
      FloatVector a03 = FloatVector.zero(Lanes.FLOATS);
      for (int i = 0; i < k; i++) {
        int at = wo + i * wStep + lane;
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, at);
        FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, w, at + wPanel);
        FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, w, at + 2 * wPanel);
        FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, w, at + 3 * wPanel);
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, x[xo + i]);
        a00 = w0.fma(v, a00);
        a01 = w1.fma(v, a01);
        a02 = w2.fma(v, a02);
        a03 = w3.fma(v, a03);
      }
      if (add) {
        a00 = a00.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + lane));
        a01 = a01.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + Lanes.PANEL + lane));
        a02 = a02.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 2 * Lanes.PANEL + lane));
        a03 = a03.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + 3 * Lanes.PANEL + lane));
      }
      a00.intoArray(y, yo + lane);
      a01.intoArray(y, yo + Lanes.PANEL + lane);
      a02.intoArray(y, yo + 2 * Lanes.PANEL + lane);
      a03.intoArray(y, yo + 3 * Lanes.PANEL + lane);
    }
  }

  static void rows1panels1(
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
      for (int i = 0; i < k; i++) {
        int at = wo + i * wStep + lane;
        FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, at);
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, x[xo + i]);
        a00 = w0.fma(v, a00);
      }
      if (add) {
        a00 = a00.add(FloatVector.fromArray(Lanes.FLOATS, y, yo + lane));
      }
      a00.intoArray(y, yo + lane);
    }
  }
}
