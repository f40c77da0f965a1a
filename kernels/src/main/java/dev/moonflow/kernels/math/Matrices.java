package dev.moonflow.kernels.math;

import java.util.function.IntFunction;

/** Makes matrices from checkpoint values. */
public final class Matrices {
  private Matrices() {}

  /**
   * A matrix whose weights are kept as 32-bit floats.
   *
   * @param w [out, in], row-major; not kept
   */
  public static Matrix ofFloats(float[] w, int out, int in) {
    throw new UnsupportedOperationException("kernels.math is not written yet");
  }

  /**
   * A matrix whose weights are kept as BF16 and widened exactly when used.
   *
   * @param w [out, in], row-major, BF16 bit patterns; not kept
   */
  public static Matrix ofBf16(short[] w, int out, int in) {
    throw new UnsupportedOperationException("kernels.math is not written yet");
  }

  /** Several matrices of equal width, one above the other, as one. */
  public static Matrix stack(int count, IntFunction<float[]> rowsOf, int outEach, int in) {
    throw new UnsupportedOperationException("kernels.math is not written yet");
  }
}
