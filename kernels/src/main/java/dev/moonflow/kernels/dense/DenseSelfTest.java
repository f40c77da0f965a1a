package dev.moonflow.kernels.dense;

import java.util.Arrays;

/** Holds a provider against the portable one, on products as large as they can be. */
final class DenseSelfTest {
  private static final int IN = 192;
  private static final int OUT = 128;
  private static final int ROWS = 7;

  private DenseSelfTest() {}

  /**
   * Runs it, in milliseconds.
   *
   * @throws IllegalStateException if a result differs
   */
  static void run(DenseProvider provider, DenseProvider portable) {
    for (WeightFormat format : new WeightFormat[] {WeightFormat.INT8, WeightFormat.INT4}) {
      PackedWeights weights =
          WeightPacker.pack(
              format,
              (row, target) -> {
                for (int i = 0; i < target.length; i++) {
                  // Runs of equal signs: sums of neighbours are the largest there are.
                  target[i] =
                      row % 3 == 0 ? (i / 64 % 2 * 2 - 1) : ((row * 31 + i * 17) % 255 - 127);
                }
              },
              OUT,
              IN);
      float[] x = new float[ROWS * IN];
      for (int i = 0; i < x.length; i++) {
        x[i] = i / IN % 2 == 0 ? (i / 64 % 2 * 2 - 1) : (i * 29 % 255 - 127);
      }
      float[] expected = new float[ROWS * OUT];
      float[] actual = new float[ROWS * OUT];
      PackedMatrix.of(weights, portable).multiply(x, 0, ROWS, null, expected, 0);
      PackedMatrix.of(weights, provider).multiply(x, 0, ROWS, null, actual, 0);
      if (!Arrays.equals(expected, actual)) {
        throw new IllegalStateException(
            provider.name() + " gives other " + format.label() + " sums than the portable kernels");
      }
    }
  }
}
