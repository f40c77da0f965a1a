package dev.moonflow.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TranscendentalsTest {
  private interface FloatFunction {
    float apply(float x);
  }

  /** Largest error in units of the last place of the true value rounded to float. */
  private static double worstUlps(
      FloatFunction f, DoubleUnaryOperator truth, float from, float to) {
    double worst = 0;
    int steps = 400_000;
    for (int i = 0; i <= steps; i++) {
      float x = (float) (from + (to - (double) from) * i / steps);
      double want = truth.applyAsDouble(x);
      double error = Math.abs(f.apply(x) - want) / Math.ulp((float) want);
      worst = Math.max(worst, error);
    }
    return worst;
  }

  @Test
  void expIsWithinItsStatedError() {
    assertThat(worstUlps(Transcendentals::exp, StrictMath::exp, -87f, 88.72f)).isLessThan(1.1);
    assertThat(worstUlps(Transcendentals::exp, StrictMath::exp, -1f, 1f)).isLessThan(1.1);
  }

  @Test
  void expAtTheEdges() {
    assertThat(Transcendentals.exp(0f)).isEqualTo(1f);
    assertThat(Transcendentals.exp(-87.001f)).isEqualTo(0f);
    assertThat(Transcendentals.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(Transcendentals.exp(88.73f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Transcendentals.exp(Transcendentals.EXP_MAX)).isGreaterThan(3.4e38f).isFinite();
    assertThat(Transcendentals.exp(Transcendentals.EXP_MIN)).isGreaterThan(Float.MIN_NORMAL);
    assertThat(Transcendentals.exp(Float.NaN)).isNaN();
  }

  @Test
  void sigmoidIsWithinItsStatedError() {
    DoubleUnaryOperator truth = x -> 1 / (1 + StrictMath.exp(-x));
    assertThat(worstUlps(Transcendentals::sigmoid, truth, -87f, 30f)).isLessThan(2.5);
    assertThat(worstUlps(Transcendentals::sigmoid, truth, -2f, 2f)).isLessThan(2.5);
    assertThat(Transcendentals.sigmoid(-88f)).isEqualTo(0f);
    assertThat(Transcendentals.sigmoid(100f)).isEqualTo(1f);
    assertThat(Transcendentals.sigmoid(Float.NaN)).isNaN();
  }

  @Test
  void powersOfTwoAreExact() {
    for (int n = -64; n <= 64; n++) {
      assertThat(Transcendentals.powerOfTwo(n)).isEqualTo((float) StrictMath.pow(2, n));
    }
  }

  @Test
  void tanhIsWithinItsStatedError() {
    assertThat(worstUlps(Transcendentals::tanh, StrictMath::tanh, -10f, 10f)).isLessThan(2.5);
    assertThat(worstUlps(Transcendentals::tanh, StrictMath::tanh, 0.01f, 0.7f)).isLessThan(2.5);
    assertThat(Transcendentals.tanh(100f)).isEqualTo(1f);
    assertThat(Transcendentals.tanh(-100f)).isEqualTo(-1f);
    assertThat(Transcendentals.tanh(Float.NaN)).isNaN();
  }

  @Test
  void erfIsWithinItsStatedError() {
    assertThat(worstUlps(Transcendentals::erf, TranscendentalsTest::trueErf, 0.01f, 1.2f))
        .isLessThan(2.0);
    assertThat(worstUlps(Transcendentals::erf, TranscendentalsTest::trueErf, -3.9f, 3.9f))
        .isLessThan(2.0);
    assertThat(Transcendentals.erf(5f)).isEqualTo(1f);
    assertThat(Transcendentals.erf(-5f)).isEqualTo(-1f);
    assertThat(Transcendentals.erf(Float.NaN)).isNaN();
  }

  /**
   * The Maclaurin series of erf in the form without cancellation; 80 terms reach double up to 4.
   */
  private static double trueErf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 80; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  @Test
  void reciprocalsAreCorrectlyRoundedFromAnyNearQuotient() {
    for (int significand = 0; significand < (1 << 23) - 1; significand += 3) {
      float d = Float.intBitsToFloat(Float.floatToIntBits(1f) + significand);
      float want = 1f / d;
      if (Transcendentals.reciprocal(d) != want) {
        throw new AssertionError("1 / " + d);
      }
      for (int ulps = -3; ulps <= 3; ulps++) {
        float q = Float.intBitsToFloat(Float.floatToIntBits(want) + ulps);
        q = Math.fma(Math.fma(-d, q, 1f), q, q);
        q = Math.fma(Math.fma(-d, q, 1f), q, q);
        if (q != want) {
          throw new AssertionError("1 / " + d + " from " + ulps + " ulp away");
        }
      }
    }
  }
}
