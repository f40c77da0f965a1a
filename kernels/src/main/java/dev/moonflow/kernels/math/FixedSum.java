package dev.moonflow.kernels.math;

/**
 * Sums of floats in double, in one fixed order: four running sums over indices 0, 1, 2, 3 modulo 4,
 * then (s0 + s1) + (s2 + s3). Four, so that one addition need not wait for the last.
 */
final class FixedSum {
  private FixedSum() {}

  /** The sum of {@code count} values from {@code offset}. */
  static double of(float[] x, int offset, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 += x[offset + i];
      s1 += x[offset + i + 1];
      s2 += x[offset + i + 2];
      s3 += x[offset + i + 3];
    }
    for (; i < count; i++) {
      s0 += x[offset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The sum of (x - centre)^2. */
  static double ofSquares(float[] x, int offset, int count, double centre) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      double d0 = x[offset + i] - centre;
      double d1 = x[offset + i + 1] - centre;
      double d2 = x[offset + i + 2] - centre;
      double d3 = x[offset + i + 3] - centre;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < count; i++) {
      double d = x[offset + i] - centre;
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }
}
