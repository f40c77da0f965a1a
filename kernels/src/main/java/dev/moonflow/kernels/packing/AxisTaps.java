package dev.moonflow.kernels.packing;

/**
 * The four taps of every output cell along one axis of the bicubic position interpolation (SPEC
 * appendix B): no antialiasing, corners not aligned, indices clamped to the table.
 *
 * @param index [n_out, 4] table cells, clamped
 * @param weight [n_out, 4] Keys weights, computed in double and rounded once
 */
record AxisTaps(int[] index, float[] weight) {
  /** The Keys parameter of the framework's interpolation; pixels use another one. */
  private static final double A = -0.75;

  static AxisTaps of(int nIn, int nOut) {
    AxisTaps taps = new AxisTaps(new int[nOut * 4], new float[nOut * 4]);
    double scale = (double) nIn / nOut;
    for (int o = 0; o < nOut; o++) {
      double source = (o + 0.5) * scale - 0.5;
      double floor = Math.floor(source);
      for (int k = 0; k < 4; k++) {
        int cell = (int) floor - 1 + k;
        taps.index[o * 4 + k] = Math.max(0, Math.min(nIn - 1, cell));
        taps.weight[o * 4 + k] = (float) keys(Math.abs(source - (floor - 1 + k)));
      }
    }
    return taps;
  }

  /** The Keys cubic at a distance from 0 to 2. */
  private static double keys(double x) {
    return x <= 1 ? ((A + 2) * x - (A + 3)) * x * x + 1 : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
