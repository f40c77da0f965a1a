package dev.moonflow.kernels.math;

import java.util.function.IntFunction;

/** Makes matrices from checkpoint values. */
public final class Matrices {
  /** Weights of a BF16 matrix up to which it is widened when it is made. */
  private static final int WIDE = 1 << 19;

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
   * A matrix of BF16 weights. A large one is kept as BF16 and widened exactly when used; one of up
   * to {@value #WIDE} weights is kept widened: it takes little room, and the bits of products are
   * the same.
   *
   * @param w [out, in], row-major, BF16 bit patterns; not kept
   */
  public static Matrix ofBf16(short[] w, int out, int in) {
    checkLength(w.length, out, in);
    return w.length <= WIDE
        ? ofFloats(
            (row, target) -> {
              for (int i = 0; i < in; i++) {
                target[i] = Float.intBitsToFloat(w[row * in + i] << 16);
              }
            },
            out,
            in)
        : keptAsBf16(w, out, in);
  }

  /** A matrix whose weights stay BF16, however few they are. */
  static Matrix keptAsBf16(short[] w, int out, int in) {
    checkLength(w.length, out, in);
    return new Bf16Matrix((row, target) -> System.arraycopy(w, row * in, target, 0, in), out, in);
  }

  /**
   * The same, its weights read row by row, once.
   *
   * @param rows rows of values that BF16 holds exactly: only the upper half of each float is kept
   */
  public static Matrix ofBf16(RowSource rows, int out, int in) {
    if ((long) out * in <= WIDE) {
      return ofFloats(rows, out, in);
    }
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
