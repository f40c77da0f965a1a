package dev.moonflow.kernels.math;

/**
 * Rotary position embedding on adjacent pairs (SPEC sections 5.4 and 8.2): elements 2m and 2m + 1
 * of a head's vector are the real and imaginary part of complex number m, multiplied by entry m of
 * the position's table.
 */
public final class Rotary {
  /** Rows per task of the parallel loop below. */
  private static final int ROWS = 64;

  private Rotary() {}

  /**
   * Rotates in place.
   *
   * @param x rows of heads; row r, head h starts at {@code offset + r * rowStride + h * headStride}
   * @param rows positions
   * @param heads heads of each row, all rotated by the row's angles
   * @param dim elements rotated of each head, from its start; even
   * @param cos [rows, dim/2] from {@code tableOffset}
   * @param sin [rows, dim/2] from {@code tableOffset}
   */
  public static void apply(
      float[] x,
      int offset,
      int rowStride,
      int rows,
      int heads,
      int headStride,
      int dim,
      float[] cos,
      float[] sin,
      int tableOffset) {
    int half = dim / 2;
    WorkerPool.shared()
        .forEach(
            (rows + ROWS - 1) / ROWS,
            t -> {
              int end = Math.min(rows, (t + 1) * ROWS);
              for (int r = t * ROWS; r < end; r++) {
                for (int h = 0; h < heads; h++) {
                  int start = offset + r * rowStride + h * headStride;
                  rotate(x, start, half, cos, sin, tableOffset + r * half);
                }
              }
            });
  }

  private static void rotate(float[] x, int start, int half, float[] cos, float[] sin, int table) {
    for (int m = 0; m < half; m++) {
      float re = x[start + 2 * m];
      float im = x[start + 2 * m + 1];
      float c = cos[table + m];
      float s = sin[table + m];
      x[start + 2 * m] = re * c - im * s;
      x[start + 2 * m + 1] = re * s + im * c;
    }
  }
}
