package dev.moonflow.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
  private static final long SEED = 42L;

  /** The twin: one image and head after the other, one query at a time. */
  private static float[] reference(float[] qkv, int heads, int d, int[] cu, float scale) {
    int width = heads * d;
    float[] out = new float[cu[cu.length - 1] * width];
    for (int image = 0; image + 1 < cu.length; image++) {
      int rows = cu[image + 1] - cu[image];
      for (int h = 0; h < heads; h++) {
        float[] k = new float[rows * d];
        float[] vT = new float[d * rows];
        for (int r = 0; r < rows; r++) {
          for (int i = 0; i < d; i++) {
            int at = (cu[image] + r) * 3 * width + h * d + i;
            k[r * d + i] = qkv[at + width];
            vT[i * rows + r] = qkv[at + 2 * width];
          }
        }
        for (int r = 0; r < rows; r++) {
          int at = (cu[image] + r) * 3 * width + h * d;
          float[] q = Arrays.copyOfRange(qkv, at, at + d);
          float[] scores = ReferenceMath.multiply(q, 1, k, rows, d, null);
          float[] p = ReferenceMath.softmax(scores, scale);
          float[] o = ReferenceMath.multiply(p, 1, vT, d, rows, null);
          System.arraycopy(o, 0, out, (cu[image] + r) * width + h * d, d);
        }
      }
    }
    return out;
  }

  private static float[] attend(float[] qkv, int heads, int d, int[] cu, float scale) {
    int width = heads * d;
    float[] out = new float[cu[cu.length - 1] * width];
    Attention.blockDiagonal(
        qkv, 0, qkv, width, qkv, 2 * width, 3 * width, heads, d, cu, scale, out, 0);
    return out;
  }

  @ParameterizedTest(name = "{0} heads of {1}")
  @CsvSource({"4,16", "2,72", "3,20", "1,5"})
  void headsHaveTheBitsOfTheScalarTwin(int heads, int d) {
    Random random = new Random(SEED);
    int[] cu = {0, 1, 60, 76, 76 + 530};
    float[] qkv = MatrixTest.random(random, cu[4] * 3 * heads * d);
    float scale = (float) (1 / Math.sqrt(d));
    assertThat(attend(qkv, heads, d, cu, scale))
        .as("seed " + SEED)
        .isEqualTo(reference(qkv, heads, d, cu, scale));
  }

  @Test
  void anImageAloneGetsTheSameBitsAsInABatch() {
    Random random = new Random(SEED);
    int row = 3 * 2 * 24;
    float[] qkv = MatrixTest.random(random, 100 * row);
    float[] together = attend(qkv, 2, 24, new int[] {0, 37, 100}, 0.2f);
    float[] alone =
        attend(Arrays.copyOfRange(qkv, 37 * row, 100 * row), 2, 24, new int[] {0, 63}, 0.2f);
    assertThat(alone).isEqualTo(Arrays.copyOfRange(together, 37 * 48, 100 * 48));
  }
}
