package dev.moonflow.kernels.routing;

import static dev.moonflow.kernels.math.Transcendentals.*;

import dev.moonflow.kernels.device.DeviceKernel;

/**
 * The sigmoid inside a kernel: the steps of {@link dev.moonflow.kernels.math.Transcendentals},
 * written down again.
 *
 * <p>Again, because Aparapi translates {@code Math.fma} only inside the kernel's own classes, and
 * takes a method named exp for OpenCL's own. A test holds these methods, run in Java, to the
 * originals.
 */
@SuppressWarnings("IdentityBinaryExpression") // x != x is how a kernel asks for NaN
abstract class SigmoidKernel extends DeviceKernel {

  static float sigmoid(float x) {
    float result = 0f;
    if (x >= EXP_MIN || x != x) {
      result = inverse(1f + exponential(-x));
    }
    return result;
  }

  /** 1 / d, correctly rounded. */
  static float inverse(float d) {
    float q = 1f / d;
    q = Math.fma(Math.fma(-d, q, 1f), q, q);
    return Math.fma(Math.fma(-d, q, 1f), q, q);
  }

  static float exponential(float x) {
    float result = x;
    if (x < EXP_MIN) {
      result = 0f;
    } else if (x > EXP_MAX) {
      result = Float.POSITIVE_INFINITY;
    } else if (x == x) {
      float n = Math.fma(x, LOG2_E, ROUND) - ROUND;
      float r = Math.fma(n, -LN2_HIGH, x);
      r = Math.fma(n, -LN2_LOW, r);
      float q = Math.fma(C7, r, C6);
      q = Math.fma(q, r, C5);
      q = Math.fma(q, r, C4);
      q = Math.fma(q, r, C3);
      q = Math.fma(q, r, C2);
      float p = Math.fma(q, r * r, r) + 1f;
      int i = (int) n;
      int low = i >> 1;
      result = p * twoTo(low) * twoTo(i - low);
    }
    return result;
  }

  /** 2^n by repeated squaring. */
  static float twoTo(int n) {
    int m = n < 0 ? -n : n;
    float base = n < 0 ? 0.5f : 2f;
    float power = 1f;
    for (int bit = 0; bit < 7; bit++) {
      if ((m & 1) != 0) {
        power = power * base;
      }
      base = base * base;
      m = m >> 1;
    }
    return power;
  }
}
