package dev.moonflow.kernels.dense;

import java.util.Random;
import java.util.stream.Stream;

/** Matrices and activations of awkward shapes, and the providers that this machine has. */
final class DenseCases {
  private DenseCases() {}

  static Stream<DenseProvider> providers() {
    DenseProvider onednn = DenseProviders.onednn().provider();
    return onednn == null
        ? Stream.of(DenseProviders.portable())
        : Stream.of(DenseProviders.portable(), onednn);
  }

  static float[] gaussian(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static PackedWeights pack(WeightFormat format, float[] w, int out, int in) {
    return WeightPacker.pack(
        format, (row, target) -> System.arraycopy(w, row * in, target, 0, in), out, in);
  }

  /** y = x Wᵀ + b as this package defines it, one product after the other. */
  static float[] reference(PackedWeights w, float[] x, int rows, float[] bias) {
    float[] y = new float[rows * w.out()];
    for (int r = 0; r < rows; r++) {
      float largest = 0;
      for (int i = 0; i < w.in(); i++) {
        largest = Math.max(largest, Math.abs(x[r * w.in() + i]));
      }
      for (int o = 0; o < w.out(); o++) {
        int sum = 0;
        for (int i = 0; i < w.in(); i++) {
          int q = largest == 0 ? 0 : (int) Math.rint(x[r * w.in() + i] * (127 / largest));
          sum += q * (int) w.at(o, i);
        }
        y[r * w.out() + o] = sum * (w.scale(o) * (largest / 127)) + bias[o];
      }
    }
    return y;
  }
}
