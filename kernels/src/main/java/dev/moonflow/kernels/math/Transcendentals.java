package dev.moonflow.kernels.math;

/**
 * The project's one implementation of exp, sigmoid, tanh and erf for 32-bit floats, scalar form.
 *
 * <p>Only operations that every target rounds in the same way are used: fused multiply-add,
 * addition, subtraction, multiplication, casts of small integers. So a loop on the Vector API that
 * writes down the same steps, and an OpenCL kernel that does, give the same bits. Bit casts are
 * avoided because Aparapi cannot translate them, and results are never subnormal because some
 * devices flush those.
 *
 * <p>Largest errors, measured against {@link StrictMath} in double: exp 1.1 ulp, sigmoid 2.5 ulp,
 * tanh 2.5 ulp, erf 2 ulp.
 */
public final class Transcendentals {
  /** Arguments below this give an exp of exactly 0: the result would come near the subnormals. */
  public static final float EXP_MIN = -87f;

  /** Arguments above this give an infinite exp: ln of the largest float. */
  public static final float EXP_MAX = 88.72283f;

  /** log2 e. */
  public static final float LOG2_E = 1.44269504f;

  /** 1.5 * 2^23: adding and subtracting it rounds a small float to the nearest integer. */
  public static final float ROUND = 12582912f;

  /** ln 2 in two parts; the high part has few bits, so its multiples are exact. */
  public static final float LN2_HIGH = 0.693145751953125f;

  /** The rest of ln 2. */
  public static final float LN2_LOW = 1.4286068e-6f;

  /** 1/2!: Taylor coefficients of exp. */
  public static final float C2 = 0.5f;

  /** 1/3!. */
  public static final float C3 = 1f / 6f;

  /** 1/4!. */
  public static final float C4 = 1f / 24f;

  /** 1/5!. */
  public static final float C5 = 1f / 120f;

  /** 1/6!. */
  public static final float C6 = 1f / 720f;

  /** 1/7!. */
  public static final float C7 = 1f / 5040f;

  /** Below this |x|, tanh is an odd polynomial; above it comes from exp. */
  static final float TANH_SMALL = 0.6f;

  /** Minimax fit of (tanh(x)/x - 1)/x^2 in x^2 on [0, 0.36]; 9e-11. */
  static final float T0 = -0.3333333134651184f;

  static final float T1 = 0.13333247601985931f;
  static final float T2 = -0.053952474147081375f;
  static final float T3 = 0.021734438836574554f;
  static final float T4 = -0.008267088793218136f;
  static final float T5 = 0.0022310626227408648f;

  /** Minimax fit of erf(x)/x - 1 in x^2 on [0, 1]; 1e-9. */
  static final float E0 = 0.12837916612625122f;

  static final float E1 = -0.3761262595653534f;
  static final float E2 = 0.11283600330352783f;
  static final float E3 = -0.026854444295167923f;
  static final float E4 = 0.005189535673707724f;
  static final float E5 = -0.0008020842215046287f;
  static final float E6 = 7.889122935011983e-05f;

  /** From here on erf is 1 in float. */
  static final float ERF_ONE = 4f;

  /** Minimax fit of -ln(erfc(x)) on [1, 4]; 2e-11 after weighting by erfc. */
  static final float L0 = -0.00018803701095748693f;

  static final float L1 = 1.1295783519744873f;
  static final float L2 = 0.6332198977470398f;
  static final float L3 = 0.1084185540676117f;
  static final float L4 = -0.025208240374922752f;
  static final float L5 = 0.004204556345939636f;
  static final float L6 = -0.0004413353162817657f;
  static final float L7 = 2.168676655855961e-05f;

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
   * @return 0 below {@link #EXP_MIN}, NaN for NaN
   */
  public static float sigmoid(float x) {
    if (x < EXP_MIN) {
      return 0f;
    }
    return reciprocal(1f + exp(-x));
  }

  /**
   * 1 / d for a d whose reciprocal is a normal float, correctly rounded on every device.
   *
   * <p>OpenCL allows a quotient to be 2.5 ulp off. Two Newton steps from anywhere within 3 ulp end
   * at the correctly rounded value for every significand but the largest (of 2^23); where division
   * is exact they change nothing.
   */
  public static float reciprocal(float d) {
    float q = 1f / d;
    q = Math.fma(Math.fma(-d, q, 1f), q, q);
    return Math.fma(Math.fma(-d, q, 1f), q, q);
  }

  /** The hyperbolic tangent: a polynomial near 0, else 1 - 2 / (e^2|x| + 1) with the sign of x. */
  public static float tanh(float x) {
    float a = Math.abs(x);
    if (a < TANH_SMALL) {
      float s = x * x;
      float p = Math.fma(T5, s, T4);
      p = Math.fma(p, s, T3);
      p = Math.fma(p, s, T2);
      p = Math.fma(p, s, T1);
      p = Math.fma(p, s, T0);
      return Math.fma(p * s, x, x);
    }
    float t = 1f - 2f / (exp(a + a) + 1f);
    return x < 0 ? -t : t;
  }

  /** The error function: a polynomial below 1, else 1 - e^-L(|x|) with the sign of x. */
  public static float erf(float x) {
    float a = Math.abs(x);
    if (a < 1f) {
      float s = x * x;
      float p = Math.fma(E6, s, E5);
      p = Math.fma(p, s, E4);
      p = Math.fma(p, s, E3);
      p = Math.fma(p, s, E2);
      p = Math.fma(p, s, E1);
      p = Math.fma(p, s, E0);
      return Math.fma(p, x, x);
    }
    float c = Math.min(a, ERF_ONE);
    float l = Math.fma(L7, c, L6);
    l = Math.fma(l, c, L5);
    l = Math.fma(l, c, L4);
    l = Math.fma(l, c, L3);
    l = Math.fma(l, c, L2);
    l = Math.fma(l, c, L1);
    l = Math.fma(l, c, L0);
    float t = 1f - exp(-l);
    return x < 0 ? -t : t;
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
