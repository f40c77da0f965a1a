package dev.moonflow.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static final long SEED = 7L;

  private interface FloatFunction {
    float apply(float x);
  }

  private interface InPlace {
    void apply(float[] x, int offset, int count);
  }

  /** Values of all sizes, the edges of every branch, and a count that leaves a tail. */
  private static float[] samples() {
    Random random = new Random(SEED);
    float[] edges = {
      0f,
      -0f,
      1f,
      -1f,
      0.6f,
      -0.6f,
      4f,
      -4f,
      87f,
      -87f,
      -87.1f,
      88.7f,
      88.8f,
      200f,
      -200f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      1e-30f,
      -1e-30f
    };
    float[] x = new float[100_003];
    System.arraycopy(edges, 0, x, 0, edges.length);
    for (int i = edges.length; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2));
    }
    return x;
  }

  private static void sameBits(InPlace vectors, FloatFunction scalar) {
    float[] x = samples();
    float[] want = x.clone();
    for (int i = 3; i < x.length; i++) {
      want[i] = scalar.apply(x[i]);
    }
    vectors.apply(x, 3, x.length - 3);
    for (int i = 0; i < x.length; i++) {
      assertThat(Float.floatToIntBits(x[i]))
          .as("value " + i + " of seed " + SEED)
          .isEqualTo(Float.floatToIntBits(want[i]));
    }
  }

  @Test
  void geluTanhHasTheBitsOfItsScalarTwin() {
    sameBits(Activations::geluTanh, Activations::geluTanh);
  }

  @Test
  void geluErfHasTheBitsOfItsScalarTwin() {
    sameBits(Activations::geluErf, Activations::geluErf);
  }

  @Test
  void sigmoidHasTheBitsOfItsScalarTwin() {
    sameBits(Activations::sigmoid, Transcendentals::sigmoid);
  }

  @Test
  void siluHasTheBitsOfItsScalarTwin() {
    sameBits(Activations::silu, Activations::silu);
  }

  @Test
  void activationsFollowTheirDefinitions() {
    for (double x = -6; x <= 6; x += 0.01) {
      double cube = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
      float at = (float) x;
      assertThat((double) Activations.geluTanh(at))
          .isEqualTo(0.5 * x * (1 + Math.tanh(cube)), within(2e-6));
      assertThat((double) Activations.silu(at)).isEqualTo(x / (1 + Math.exp(-x)), within(2e-6));
    }
    // Values of 0.5 x (1 + erf(x / sqrt 2)) from tables of the normal distribution.
    assertThat(Activations.geluErf(1f)).isEqualTo(0.8413447f, within(2e-7f));
    assertThat(Activations.geluErf(-1f)).isEqualTo(-0.15865525f, within(1e-7f));
    assertThat(Activations.geluErf(2f)).isEqualTo(1.9544997f, within(4e-7f));
  }

  @Test
  void swigluIsSiluOfTheGateTimesUp() {
    Random random = new Random(SEED);
    float[] gate = MatrixTest.random(random, 1000);
    float[] up = MatrixTest.random(random, 1000);
    float[] y = gate.clone();
    Activations.swiglu(y, 5, up, 7, 990);
    for (int i = 0; i < 990; i++) {
      assertThat(y[5 + i]).isEqualTo(Activations.silu(gate[5 + i]) * up[7 + i]);
    }
    assertThat(y[995]).isEqualTo(gate[995]);
  }

  @Test
  void softmaxHasTheBitsOfItsScalarTwin() {
    Random random = new Random(SEED);
    for (int n : new int[] {1, 2, 15, 16, 17, 64, 100, 1000}) {
      float[] x = MatrixTest.random(random, n);
      float[] want = ReferenceMath.softmax(x, 1.7f);
      float[] padded = new float[n + 5];
      System.arraycopy(x, 0, padded, 3, n);
      Softmax.scaled(padded, 3, n, 1.7f);
      assertThat(java.util.Arrays.copyOfRange(padded, 3, n + 3)).as("n " + n).isEqualTo(want);
      double sum = 0;
      for (float p : want) {
        sum += p;
      }
      assertThat(sum).isEqualTo(1, within(1e-6));
    }
  }

  @Test
  void layerNormFollowsItsDefinition() {
    Random random = new Random(SEED);
    int dim = 37;
    float[] x = MatrixTest.random(random, 3 * dim);
    for (int i = 0; i < dim; i++) {
      x[i] = 100f + 1e-3f * x[i]; // small variance beside a large mean
    }
    float[] w = MatrixTest.random(random, dim);
    float[] b = MatrixTest.random(random, dim);
    float[] y = new float[3 * dim];
    Norms.layerNorm(x, 0, 3, dim, w, b, 1e-5f, y, 0);
    for (int r = 0; r < 3; r++) {
      double mean = 0;
      double variance = 0;
      for (int i = 0; i < dim; i++) {
        mean += x[r * dim + i] / (double) dim;
      }
      for (int i = 0; i < dim; i++) {
        variance += Math.pow(x[r * dim + i] - mean, 2) / dim;
      }
      for (int i = 0; i < dim; i++) {
        double want = (x[r * dim + i] - mean) / Math.sqrt(variance + 1e-5f) * w[i] + b[i];
        assertThat((double) y[r * dim + i]).isEqualTo(want, within(2e-6));
      }
    }
  }

  @Test
  void rmsNormOfAPartOfEachRowLeavesTheRestAlone() {
    Random random = new Random(SEED);
    int dim = 10;
    float[] x = MatrixTest.random(random, 4 * 13);
    float[] w = MatrixTest.random(random, dim);
    float[] y = x.clone();
    Norms.rmsNorm(x, 0, 13, 4, dim, w, 1e-6f, y, 0, 13);
    for (int r = 0; r < 4; r++) {
      double squares = 0;
      for (int i = 0; i < dim; i++) {
        squares += x[r * 13 + i] * (double) x[r * 13 + i];
      }
      for (int i = 0; i < 13; i++) {
        double want = x[r * 13 + i];
        if (i < dim) {
          want = want / Math.sqrt(squares / dim + 1e-6) * w[i];
        }
        assertThat((double) y[r * 13 + i]).isEqualTo(want, within(1e-6));
      }
    }
  }

  @Test
  void rotaryTurnsAdjacentPairs() {
    float[] x = {1, 0, 0, 1, 9, 2, 3, 0, 1, 9};
    float[] cos = {0, 1, 0.6f, 0.8f};
    float[] sin = {1, 0, 0.8f, 0.6f};
    // Two rows of one head of 5 values, of which 4 are rotated.
    Rotary.apply(x, 0, 5, 2, 1, 5, 4, cos, sin, 0);
    float[] want = {0, 1, 0, 1, 9, 2 * 0.6f - 3 * 0.8f, 2 * 0.8f + 3 * 0.6f, -0.6f, 0.8f, 9};
    assertThat(x).containsExactly(want, within(1e-6f));
  }
}
