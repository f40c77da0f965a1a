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
    checkLength(w.length, out, in);
    return ofFloats((row, target) -> System.arraycopy(w, row * in, target, 0, in), out, in);
  }

  /** A matrix whose weights are kept as 32-bit floats and read row by row, once. */
  public static Matrix ofFloats(RowSource rows, int out, int in) {
    return new FloatMatrix(rows, out, in);
  }

  /**
   * A matrix whose weights are kept as BF16 and widened exactly when used.
   *
   * @param w [out, in], row-major, BF16 bit patterns; not kept
   */
  public static Matrix ofBf16(short[] w, int out, int in) {
    checkLength(w.length, out, in);
    return new Bf16Matrix((row, target) -> System.arraycopy(w, row * in, target, 0, in), out, in);
  }

  /**
   * A matrix whose weights are kept as BF16 and read row by row, once.
   *
   * @param rows rows of values that BF16 holds exactly: only the upper half of each float is kept
   */
  public static Matrix ofBf16(RowSource rows, int out, int in) {
    float[] wide = new float[in];
    return new Bf16Matrix(
        (row, target) -> {
          rows.read(row, wide);
          for (int i = 0; i < in; i++) {
            target[i] = (short) (Float.floatToRawIntBits(wide[i]) >>> 16);
          }
        },
        out,
        in);
  }

  /**
   * Several matrices of equal width, one above the other, as one.
   *
   * @param rowsOf gives matrix 0 to {@code count - 1}, each [outEach, in], row-major
   */
  public static Matrix stack(int count, IntFunction<float[]> rowsOf, int outEach, int in) {
    float[][] current = new float[1][];
    return ofFloats(
        (row, target) -> {
          if (row % outEach == 0) {
            current[0] = rowsOf.apply(row / outEach);
            checkLength(current[0].length, outEach, in);
          }
          System.arraycopy(current[0], row % outEach * in, target, 0, in);
        },
        Math.multiplyExact(count, outEach),
        in);
  }

  private static void checkLength(int length, int out, int in) {
    if (length != (long) out * in) {
      throw new IllegalArgumentException(
          "a matrix of " + out + " x " + in + " needs that many values, got " + length);
    }
  }
}
