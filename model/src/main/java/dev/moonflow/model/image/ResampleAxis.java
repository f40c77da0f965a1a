package dev.moonflow.model.image;

/**
 * How one axis of n_in samples becomes n_out: for each output the first input sample and
 * fixed-point weights of a bicubic filter that widens when shrinking (SPEC appendix A).
 *
 * @param first [n_out] first input sample of each output
 * @param count [n_out] input samples of each output
 * @param stride weights per output; at least the largest count
 * @param weights [n_out, stride] in units of 2^-22
 */
record ResampleAxis(int[] first, int[] count, int stride, int[] weights) {

  /** Fractional bits of a weight: 8 bits of sample and two of headroom fill the 32-bit sum. */
  static final int PRECISION_BITS = 22;

  /** The sharpness a of the Keys cubic for pixels; the position table has another. */
  private static final double SHARPNESS = -0.5;

  private static final double RADIUS = 2;

  static ResampleAxis of(int in, int out) {
    double scale = (double) in / out;
    double filterScale = Math.max(scale, 1);
    double support = RADIUS * filterScale;
    int stride = (int) Math.ceil(support) * 2 + 1;
    ResampleAxis axis =
        new ResampleAxis(
            new int[out], new int[out], stride, new int[Math.multiplyExact(out, stride)]);
    double[] taps = new double[stride];
    for (int i = 0; i < out; i++) {
      double centre = (i + 0.5) * scale;
      int low = Math.max((int) (centre - support + 0.5), 0);
      int high = Math.min((int) (centre + support + 0.5), in);
      axis.first[i] = low;
      axis.count[i] = high - low;
      double sum = 0;
      for (int j = 0; j < high - low; j++) {
        taps[j] = keys((j + low - centre + 0.5) * (1.0 / filterScale));
        sum += taps[j];
      }
      for (int j = 0; j < high - low; j++) {
        axis.weights[i * stride + j] = fixed(sum == 0 ? taps[j] : taps[j] / sum);
      }
    }
    return axis;
  }

  private static double keys(double x) {
    double d = Math.abs(x);
    double a = SHARPNESS;
    if (d < 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < RADIUS ? (((d - 5) * d + 8) * d - 4) * a : 0;
  }

  private static int fixed(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }
}
