package dev.moonflow.kernels.dense;

/** Rounds a row of weights to integers of 8 bits with one scale. */
final class Int8Rounding {
  static final int MAX = 127;

  /** Below this a row counts as zeros: its scale's reciprocal would not be finite. */
  static final float TINY = 1e-30f;

  private Int8Rounding() {}

  /** The largest absolute value of a row. */
  static float largest(float[] row) {
    float largest = 0;
    for (float value : row) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * Writes the nearest integers, even ones of two.
   *
   * @param integers at least as long as the row; the rest is left alone
   * @return t, so that integer times t is near the value
   */
  static float quantize(float[] row, int[] integers) {
    float largest = largest(row);
    float scale = largest < TINY ? 0 : largest / MAX;
    for (int i = 0; i < row.length; i++) {
      integers[i] = scale == 0 ? 0 : (int) Math.rint(row[i] / scale);
    }
    return scale;
  }
}
