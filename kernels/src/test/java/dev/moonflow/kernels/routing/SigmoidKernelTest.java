package dev.moonflow.kernels.routing;

import dev.moonflow.kernels.math.Transcendentals;
import org.junit.jupiter.api.Test;

class SigmoidKernelTest {
  /** An odd step, so that all low bits are met. */
  private static final int STEP = 1021;

  @Test
  void theKernelsFormulaIsTheOneOfTranscendentals() {
    for (long i = 0; i < 1L << 32; i += STEP) {
      float x = Float.intBitsToFloat((int) i);
      assertSame(x, SigmoidKernel.sigmoid(x), Transcendentals.sigmoid(x));
      assertSame(x, SigmoidKernel.exponential(x), Transcendentals.exp(x));
      assertSame(x, SigmoidKernel.inverse(x), Transcendentals.reciprocal(x));
    }
  }

  private static void assertSame(float x, float kernel, float original) {
    if (Float.floatToIntBits(kernel) != Float.floatToIntBits(original)) {
      throw new AssertionError("at " + x + ": " + kernel + " is not " + original);
    }
  }
}
