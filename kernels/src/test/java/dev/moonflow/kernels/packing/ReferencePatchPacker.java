package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;

/**
 * One value at a time, straight from SPEC sections 4, 5 and appendix B, in double arithmetic where
 * the specification does not name float; written apart from the real packers.
 */
final class ReferencePatchPacker {
  private ReferencePatchPacker() {}

  /** Normalised pixel (y, x) of channel c in the patch at (row, col). */
  static float pixel(RgbImage image, PackingSpec spec, int row, int col, int c, int y, int x) {
    int p = spec.patchSize();
    int v = image.rgb()[((row * p + y) * image.width() + col * p + x) * 3 + c] & 0xff;
    float unit = v / 255f;
    return (unit - spec.mean()[c]) / spec.std()[c];
  }

  /** The rotary angle of a slot at a cell; the angle itself is a float product. */
  static double angle(PackingSpec spec, int row, int col, int slot) {
    float exponent = (float) (slot / 2 * 4) / spec.headDim();
    float frequency = 1f / (float) Math.pow(spec.ropeTheta(), exponent);
    return (slot % 2 == 0 ? col : row) * frequency;
  }

  /** One value of the position table interpolated to rows x cols: 16 taps, no separation. */
  static double position(
      PackingSpec.PositionTable table, int rows, int cols, int row, int col, int channel) {
    double sy = (row + 0.5) * table.rows() / rows - 0.5;
    double sx = (col + 0.5) * table.cols() / cols - 0.5;
    double sum = 0;
    for (int dy = -1; dy <= 2; dy++) {
      for (int dx = -1; dx <= 2; dx++) {
        int y = (int) Math.floor(sy) + dy;
        int x = (int) Math.floor(sx) + dx;
        int cell = clamp(y, table.rows()) * table.cols() + clamp(x, table.cols());
        sum += cubic(sy - y) * cubic(sx - x) * table.values()[cell * table.dim() + channel];
      }
    }
    return sum;
  }

  private static int clamp(int i, int n) {
    return Math.min(Math.max(i, 0), n - 1);
  }

  /** The piecewise cubic with parameter -3/4, in powers of |x|. */
  private static double cubic(double x) {
    double a = -0.75;
    double d = Math.abs(x);
    if (d <= 1) {
      return (a + 2) * d * d * d - (a + 3) * d * d + 1;
    }
    return d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0;
  }
}
