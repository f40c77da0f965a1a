package dev.moonflow.kernels.math;

import static dev.moonflow.kernels.math.Transcendentals.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Transcendentals} on vectors: the same operations in the same order, so the same bits in
 * every lane. Branches become blends.
 */
final class VectorTranscendentals {
  /** The bits of {@link Transcendentals#ROUND}; the integer part sits in the low bits above it. */
  private static final int ROUND_BITS = 0x4B400000;

  private static final int EXPONENT_BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  private VectorTranscendentals() {}

  static FloatVector exp(FloatVector x) {
    FloatVector t = x.fma(splat(LOG2_E), splat(ROUND));
    FloatVector n = t.sub(ROUND);
    FloatVector r = n.fma(splat(-LN2_HIGH), x);
    r = n.fma(splat(-LN2_LOW), r);
    FloatVector q = splat(C7).fma(r, splat(C6));
    q = q.fma(r, splat(C5));
    q = q.fma(r, splat(C4));
    q = q.fma(r, splat(C3));
    q = q.fma(r, splat(C2));
    FloatVector p = q.fma(r.mul(r), r).add(1f);
    IntVector i = t.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = i.lanewise(VectorOperators.ASHR, 1);
    FloatVector y = p.mul(powerOfTwo(half)).mul(powerOfTwo(i.sub(half)));
    y = y.blend(0f, x.compare(VectorOperators.LT, EXP_MIN));
    return y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MAX));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector d = exp(x.neg()).add(1f);
    FloatVector q = splat(1f).div(d);
    FloatVector remainder = d.neg().fma(q, splat(1f));
    FloatVector y = remainder.fma(q, q);
    return y.blend(0f, x.compare(VectorOperators.LT, EXP_MIN));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector s = x.mul(x);
    FloatVector p = splat(T5).fma(s, splat(T4));
    p = p.fma(s, splat(T3));
    p = p.fma(s, splat(T2));
    p = p.fma(s, splat(T1));
    p = p.fma(s, splat(T0));
    FloatVector small = p.mul(s).fma(x, x);
    FloatVector t = splat(1f).sub(splat(2f).div(exp(a.add(a)).add(1f)));
    return choose(x, small, t, a.compare(VectorOperators.LT, TANH_SMALL));
  }

  static FloatVector erf(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector s = x.mul(x);
    FloatVector p = splat(E6).fma(s, splat(E5));
    p = p.fma(s, splat(E4));
    p = p.fma(s, splat(E3));
    p = p.fma(s, splat(E2));
    p = p.fma(s, splat(E1));
    p = p.fma(s, splat(E0));
    FloatVector small = p.fma(x, x);
    FloatVector c = a.min(splat(ERF_ONE));
    FloatVector l = splat(L7).fma(c, splat(L6));
    l = l.fma(c, splat(L5));
    l = l.fma(c, splat(L4));
    l = l.fma(c, splat(L3));
    l = l.fma(c, splat(L2));
    l = l.fma(c, splat(L1));
    l = l.fma(c, splat(L0));
    FloatVector t = splat(1f).sub(exp(l.neg()));
    return choose(x, small, t, a.compare(VectorOperators.LT, 1f));
  }

  /** {@code small} where the mask holds, else {@code t} with the sign of x. */
  private static FloatVector choose(
      FloatVector x, FloatVector small, FloatVector t, VectorMask<Float> isSmall) {
    FloatVector signed = t.blend(t.neg(), x.compare(VectorOperators.LT, 0f));
    return signed.blend(small, isSmall);
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  private static FloatVector splat(float value) {
    return FloatVector.broadcast(Lanes.FLOATS, value);
  }
}
