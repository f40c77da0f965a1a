package dev.moonflow.kernels.math;

/**
 * LayerNorm and RMSNorm over rows. Sums are kept in double in one fixed order, which costs little
 * beside the products around them and makes rows of very small variance exact enough.
 */
public final class Norms {
  /** Values per task of the parallel loops below. */
  private static final int CHUNK = 1 << 15;

  private Norms() {}

  /**
   * y = (x - mean) / sqrt(variance + eps) * weight + bias for each row; the variance is that of the
   * whole row, in a second pass.
   *
   * @param x [rows, dim] from {@code xOffset}; may be {@code y}
   * @param weight [dim]
   * @param bias [dim]
   * @param y [rows, dim] from {@code yOffset}, overwritten
   */
  public static void layerNorm(
      float[] x,
      int xOffset,
      int rows,
      int dim,
      float[] weight,
      float[] bias,
      float eps,
      float[] y,
      int yOffset) {
    rows(
        rows,
        dim,
        r -> layerNormRow(x, xOffset + r * dim, dim, weight, bias, eps, y, yOffset + r * dim));
  }

  /**
   * y = x / sqrt(mean(x^2) + eps) * weight for each row.
   *
   * @param x [rows, dim] from {@code xOffset}; may be {@code y}
   * @param weight [dim]
   * @param y [rows, dim] from {@code yOffset}, overwritten
   */
  public static void rmsNorm(
      float[] x,
      int xOffset,
      int rows,
      int dim,
      float[] weight,
      float eps,
      float[] y,
      int yOffset) {
    rmsNorm(x, xOffset, dim, rows, dim, weight, eps, y, yOffset, dim);
  }

  /**
   * {@link #rmsNorm} for rows that lie {@code xStride} and {@code yStride} values apart, for norms
   * of a part of each row.
   */
  public static void rmsNorm(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      int dim,
      float[] weight,
      float eps,
      float[] y,
      int yOffset,
      int yStride) {
    rows(
        rows,
        dim,
        r -> rmsNormRow(x, xOffset + r * xStride, dim, weight, eps, y, yOffset + r * yStride));
  }

  private static void layerNormRow(
      float[] x, int xo, int dim, float[] weight, float[] bias, float eps, float[] y, int yo) {
    double mean = FixedSum.of(x, xo, dim) / dim;
    double variance = FixedSum.ofSquares(x, xo, dim, mean) / dim;
    double inverse = 1 / Math.sqrt(variance + eps);
    for (int i = 0; i < dim; i++) {
      float normed = (float) ((x[xo + i] - mean) * inverse);
      y[yo + i] = Math.fma(normed, weight[i], bias[i]);
    }
  }

  private static void rmsNormRow(
      float[] x, int xo, int dim, float[] weight, float eps, float[] y, int yo) {
    double inverse = 1 / Math.sqrt(FixedSum.ofSquares(x, xo, dim, 0) / dim + eps);
    for (int i = 0; i < dim; i++) {
      y[yo + i] = (float) (x[xo + i] * inverse) * weight[i];
    }
  }

  private interface Row {
    void run(int row);
  }

  private static void rows(int rows, int dim, Row body) {
    int each = Math.max(1, CHUNK / dim);
    int tasks = (rows + each - 1) / each;
    WorkerPool.shared()
        .forEach(
            tasks,
            t -> {
              int end = Math.min(rows, (t + 1) * each);
              for (int r = t * each; r < end; r++) {
                body.run(r);
              }
            });
  }
}
