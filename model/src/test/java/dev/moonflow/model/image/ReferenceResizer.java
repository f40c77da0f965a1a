package dev.moonflow.model.image;

/**
 * The plain twin of {@link BicubicResizer}: one sample at a time, weights formed anew for each, as
 * SPEC appendix A reads.
 */
final class ReferenceResizer {
  private ReferenceResizer() {}

  static byte[] resize(
      byte[] in, int width, int height, int channels, int newWidth, int newHeight) {
    byte[] wide = in;
    if (newWidth != width) {
      wide = new byte[newWidth * height * channels];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < newWidth; x++) {
          for (int c = 0; c < channels; c++) {
            wide[(y * newWidth + x) * channels + c] =
                sample(in, y * width * channels + c, channels, width, newWidth, x);
          }
        }
      }
    }
    if (newHeight == height) {
      return wide;
    }
    byte[] out = new byte[newWidth * newHeight * channels];
    for (int y = 0; y < newHeight; y++) {
      for (int i = 0; i < newWidth * channels; i++) {
        out[y * newWidth * channels + i] =
            sample(wide, i, newWidth * channels, height, newHeight, y);
      }
    }
    return out;
  }

  /** Output {@code o} of one line of samples that lie a step apart. */
  private static byte sample(byte[] in, int offset, int step, int nIn, int nOut, int o) {
    double scale = (double) nIn / nOut;
    double stretch = Math.max(scale, 1);
    double centre = (o + 0.5) * scale;
    int low = (int) Math.max(0, centre - 2 * stretch + 0.5);
    int high = (int) Math.min(nIn, centre + 2 * stretch + 0.5);
    double total = 0;
    for (int j = low; j < high; j++) {
      total += cubic((j - centre + 0.5) / stretch);
    }
    long sum = 1L << 21;
    for (int j = low; j < high; j++) {
      double weight = cubic((j - centre + 0.5) / stretch) / total;
      long fixed = (long) (weight * (1 << 22) + Math.copySign(0.5, weight));
      sum += fixed * (in[offset + j * step] & 0xff);
    }
    return (byte) Math.max(0, Math.min(255, sum >> 22));
  }

  private static double cubic(double x) {
    double d = Math.abs(x);
    if (d < 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? -0.5 * (((d - 5) * d + 8) * d - 4) : 0;
  }
}
