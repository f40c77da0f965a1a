package dev.moonflow.kernels.math;

/**
 * The project's one implementation of exp and sigmoid for 32-bit floats, scalar form.
 *
 * <p>Only operations that every target rounds in the same way are used: fused multiply-add,
 * addition, subtraction, multiplication, casts of small integers. So a loop on the Vector API and
 * an OpenCL kernel that write down the same steps give the same bits. Bit casts are avoided because
 * Aparapi cannot translate them, and results are never subnormal because some devices flush those.
 *
 * <p>Largest errors, measured against {@link StrictMath} in double: exp 1.1 ulp, sigmoid 2.5 ulp.
 */
public final class Transcendentals {
  /** Arguments below this give an exp of exactly 0: the result would come near the subnormals. */
  public static final float EXP_MIN = -87f;

  /** Arguments above this give an infinite exp: ln of the largest float. */
  public static final float EXP_MAX = 88.72283f;

  static final float LOG2_E = 1.44269504f;

  /** 1.5 * 2^23: adding and subtracting it rounds a small float to the nearest integer. */
  static final float ROUND = 12582912f;

  /** ln 2 in two parts; the high part has few bits, so its multiples are exact. */
  static final float LN2_HIGH = 0.693145751953125f;

  static final float LN2_LOW = 1.4286068e-6f;

  /** Taylor coefficients 1/k! of exp. */
  static final float C2 = 0.5f;

  static final float C3 = 1f / 6f;
  static final float C4 = 1f / 24f;
  static final float C5 = 1f / 120f;
  static final float C6 = 1f / 720f;
  static final float C7 = 1f / 5040f;

  private Transcendentals() {}

  /**
   * e^x: x = n ln 2 + r with |r| at most ln(2)/2, then a polynomial in r, then the scale 2^n.
   *
   * @return 0 below {@link #EXP_MIN}, infinity above {@link #EXP_MAX}, NaN for NaN
   */
  public static float exp(float x) {
    if (!(x >= EXP_MIN)) {
      return x < EXP_MIN ? 0f : x;
    }
    if (x > EXP_MAX) {
      return Float.POSITIVE_INFINITY;
    }
    float n = Math.fma(x, LOG2_E, ROUND) - ROUND;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float q = Math.fma(C7, r, C6);
    q = Math.fma(q, r, C5);
    q = Math.fma(q, r, C4);
    q = Math.fma(q, r, C3);
    q = Math.fma(q, r, C2);
    float p = Math.fma(q, r * r, r) + 1f;
    // Two exact factors, because n may be 128 and 2^128 is no float.
    int i = (int) n;
    int half = i >> 1;
    return p * powerOfTwo(half) * powerOfTwo(i - half);
  }

  /**
   * 1 / (1 + e^-x).
   *
   * <p>The division is corrected once by its own remainder: it changes nothing where division is
   * rounded correctly, and brings devices whose division is only near (OpenCL allows 2.5 ulp) to
   * the same bits.
   *
   * @return 0 below {@link #EXP_MIN}, NaN for NaN
   */
  public static float sigmoid(float x) {
    if (x < EXP_MIN) {
      return 0f;
    }
    float d = 1f + exp(-x);
    float q = 1f / d;
    float remainder = Math.fma(-d, q, 1f);
    return Math.fma(remainder, q, q);
  }

  /** 2^n by repeated squaring, exact for n from -64 to 64. */
  static float powerOfTwo(int n) {
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
