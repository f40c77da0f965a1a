package dev.moonflow.kernels.math;

/** Plain scalar twins of the vector kernels: the same order of operations, one value at a time. */
final class ReferenceMath {
  private ReferenceMath() {}

  /** y = x Wᵀ + b: sums over blocks of 512 inputs, then the blocks in order, then the bias. */
  static float[] multiply(float[] x, int rows, float[] w, int out, int in, float[] bias) {
    float[] y = new float[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        float total = 0;
        for (int from = 0; from < in; from += 512) {
          float sum = 0;
          for (int i = from; i < Math.min(in, from + 512); i++) {
            sum = Math.fma(w[o * in + i], x[r * in + i], sum);
          }
          total = from == 0 ? sum : total + sum;
        }
        y[r * out + o] = bias == null ? total : total + bias[o];
      }
    }
    return y;
  }

  /** Softmax of scale * x: parts by index modulo 16, then added in halves. */
  static float[] softmax(float[] x, float scale) {
    float max = Float.NEGATIVE_INFINITY;
    for (float v : x) {
      max = Math.max(max, v);
    }
    float[] y = new float[x.length];
    float[] parts = new float[16];
    for (int i = 0; i < x.length; i++) {
      y[i] = Transcendentals.exp((x[i] - max) * scale);
      parts[i % 16] += y[i];
    }
    for (int width = 8; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        parts[i] += parts[i + width];
      }
    }
    float factor = 1f / parts[0];
    for (int i = 0; i < y.length; i++) {
      y[i] *= factor;
    }
    return y;
  }
}
