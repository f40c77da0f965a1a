package dev.moonflow.kernels.math;

import static dev.moonflow.kernels.math.Transcendentals.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Transcendentals} over arrays: the same operations in the same order, so the same bits for
 * every value. Branches become blends.
 *
 * <p>Each function is loops over arrays that call nothing but the Vector API, which the compiler
 * always inlines: a function of ours that it chooses not to inline, and were it a broadcast,
 * returns its vector as an object, which costs several times the arithmetic. Callers pass pieces
 * that stay in the first cache, at most {@value #PIECE} values.
 */
final class VectorTranscendentals {
  /** Values of a piece: a few arrays of them fit the first cache. */
  static final int PIECE = 1024;

  /** The bits of {@link Transcendentals#ROUND}; the integer part sits in the low bits above it. */
  private static final int ROUND_BITS = 0x4B400000;

  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  private static final Scratch POWERS = new Scratch();

  private VectorTranscendentals() {}

  /** x = e^x, {@code count} values from {@code offset}. */
  static void exp(float[] x, int offset, int count) {
    int i = offset;
    for (int end = offset + count - Lanes.WIDTH; i <= end; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, i);
      FloatVector t =
          v.fma(
              FloatVector.broadcast(Lanes.FLOATS, LOG2_E),
              FloatVector.broadcast(Lanes.FLOATS, ROUND));
      FloatVector n = t.sub(ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(Lanes.FLOATS, -LN2_HIGH), v);
      r = n.fma(FloatVector.broadcast(Lanes.FLOATS, -LN2_LOW), r);
      FloatVector q =
          FloatVector.broadcast(Lanes.FLOATS, C7).fma(r, FloatVector.broadcast(Lanes.FLOATS, C6));
      q = q.fma(r, FloatVector.broadcast(Lanes.FLOATS, C5));
      q = q.fma(r, FloatVector.broadcast(Lanes.FLOATS, C4));
      q = q.fma(r, FloatVector.broadcast(Lanes.FLOATS, C3));
      q = q.fma(r, FloatVector.broadcast(Lanes.FLOATS, C2));
      FloatVector p = q.fma(r.mul(r), r).add(1f);
      IntVector power = t.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      // Two exact factors, because the power may be 128 and 2^128 is no float.
      IntVector first = half.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second =
          power.sub(half).add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector y = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      y = y.blend(0f, v.compare(VectorOperators.LT, EXP_MIN));
      y.blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_MAX)).intoArray(x, i);
    }
    for (; i < offset + count; i++) {
      x[i] = Transcendentals.exp(x[i]);
    }
  }

  /**
   * y = 1 / (1 + e^-x).
   *
   * @param y another array than x
   */
  static void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int count) {
    int whole = count - count % Lanes.WIDTH;
    for (int i = 0; i < whole; i += Lanes.WIDTH) {
      FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i).neg().intoArray(y, yOffset + i);
    }
    exp(y, yOffset, whole);
    for (int i = 0; i < whole; i += Lanes.WIDTH) {
      FloatVector d = FloatVector.fromArray(Lanes.FLOATS, y, yOffset + i).add(1f);
      FloatVector q = FloatVector.broadcast(Lanes.FLOATS, 1f).div(d);
      FloatVector remainder = d.neg().fma(q, FloatVector.broadcast(Lanes.FLOATS, 1f));
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i);
      remainder
          .fma(q, q)
          .blend(0f, v.compare(VectorOperators.LT, EXP_MIN))
          .intoArray(y, yOffset + i);
    }
    for (int i = whole; i < count; i++) {
      y[yOffset + i] = Transcendentals.sigmoid(x[xOffset + i]);
    }
  }

  /**
   * y = erf x.
   *
   * @param y another array than x
   * @param count at most {@value #PIECE}
   */
  static void erf(float[] x, int xOffset, float[] y, int yOffset, int count) {
    float[] powers = POWERS.atLeast(PIECE);
    int whole = count - count % Lanes.WIDTH;
    for (int i = 0; i < whole; i += Lanes.WIDTH) {
      FloatVector c = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i).abs().min(ERF_ONE);
      FloatVector l =
          FloatVector.broadcast(Lanes.FLOATS, L7).fma(c, FloatVector.broadcast(Lanes.FLOATS, L6));
      l = l.fma(c, FloatVector.broadcast(Lanes.FLOATS, L5));
      l = l.fma(c, FloatVector.broadcast(Lanes.FLOATS, L4));
      l = l.fma(c, FloatVector.broadcast(Lanes.FLOATS, L3));
      l = l.fma(c, FloatVector.broadcast(Lanes.FLOATS, L2));
      l = l.fma(c, FloatVector.broadcast(Lanes.FLOATS, L1));
      l.fma(c, FloatVector.broadcast(Lanes.FLOATS, L0)).neg().intoArray(powers, i);
    }
    exp(powers, 0, whole);
    for (int i = 0; i < whole; i += Lanes.WIDTH) {
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i);
      FloatVector s = v.mul(v);
      FloatVector p =
          FloatVector.broadcast(Lanes.FLOATS, E6).fma(s, FloatVector.broadcast(Lanes.FLOATS, E5));
      p = p.fma(s, FloatVector.broadcast(Lanes.FLOATS, E4));
      p = p.fma(s, FloatVector.broadcast(Lanes.FLOATS, E3));
      p = p.fma(s, FloatVector.broadcast(Lanes.FLOATS, E2));
      p = p.fma(s, FloatVector.broadcast(Lanes.FLOATS, E1));
      FloatVector small = p.fma(s, FloatVector.broadcast(Lanes.FLOATS, E0)).fma(v, v);
      FloatVector t =
          FloatVector.broadcast(Lanes.FLOATS, 1f)
              .sub(FloatVector.fromArray(Lanes.FLOATS, powers, i));
      FloatVector signed = t.blend(t.neg(), v.compare(VectorOperators.LT, 0f));
      VectorMask<Float> isSmall = v.abs().compare(VectorOperators.LT, 1f);
      signed.blend(small, isSmall).intoArray(y, yOffset + i);
    }
    for (int i = whole; i < count; i++) {
      y[yOffset + i] = Transcendentals.erf(x[xOffset + i]);
    }
  }
}
