package dev.moonflow.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
  private static final long SEED = 20261122L;

  static float[] random(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] roundedToBf16(float[] w) {
    float[] rounded = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      rounded[i] = Float.intBitsToFloat(Float.floatToRawIntBits(w[i]) & 0xFFFF0000);
    }
    return rounded;
  }

  private static short[] bf16(float[] w) {
    short[] bits = new short[w.length];
    for (int i = 0; i < w.length; i++) {
      bits[i] = (short) (Float.floatToRawIntBits(w[i]) >>> 16);
    }
    return bits;
  }

  @ParameterizedTest(name = "{0} rows, {1} outputs, {2} inputs")
  @CsvSource({
    "1,1,1",
    "1,16,1",
    "1,70,33",
    "2,64,512",
    "3,100,513",
    "4,48,1100",
    "7,17,5",
    "8,32,512",
    "9,40,640",
    "15,33,1025",
    "21,96,130",
    "130,72,600",
    "300,20,64"
  })
  void productsHaveTheBitsOfTheScalarTwin(int rows, int out, int in) {
    Random random = new Random(SEED);
    float[] w = roundedToBf16(random(random, out * in));
    float[] x = random(random, rows * in);
    float[] bias = random(random, out);
    for (Matrix matrix :
        new Matrix[] {
          Matrices.ofFloats(w, out, in),
          Matrices.ofBf16(bf16(w), out, in),
          Matrices.keptAsBf16(bf16(w), out, in)
        }) {
      for (float[] b : new float[][] {null, bias}) {
        float[] y = new float[rows * out];
        matrix.multiply(x, 0, rows, b, y, 0);
        assertThat(y).as("seed " + SEED).isEqualTo(ReferenceMath.multiply(x, rows, w, out, in, b));
      }
    }
  }

  @Test
  void rowsDoNotDependOnTheirNeighbours() {
    Random random = new Random(SEED);
    int rows = 23;
    int out = 50;
    int in = 700;
    Matrix matrix = Matrices.ofFloats(random(random, out * in), out, in);
    float[] x = random(random, rows * in);
    float[] together = new float[rows * out];
    matrix.multiply(x, 0, rows, null, together, 0);
    float[] alone = new float[rows * out];
    for (int r = 0; r < rows; r++) {
      matrix.multiply(x, r * in, 1, null, alone, r * out);
    }
    assertThat(alone).as("seed " + SEED).isEqualTo(together);
  }

  @Test
  void bitsDoNotDependOnTheNumberOfThreads() {
    Random random = new Random(SEED);
    int rows = 200;
    int out = 90;
    int in = 520;
    Matrix matrix = Matrices.ofFloats(random(random, out * in), out, in);
    float[] x = random(random, rows * in);
    int threads = WorkerPool.shared().threads();
    float[][] results = new float[3][rows * out];
    try {
      for (int t = 0; t < 3; t++) {
        WorkerPool.setThreads(1 + 2 * t);
        matrix.multiply(x, 0, rows, null, results[t], 0);
      }
    } finally {
      WorkerPool.setThreads(threads);
    }
    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(results[0]);
  }

  @Test
  void stridesPickPartsOfRowsAndLeaveTheRestAlone() {
    Random random = new Random(SEED);
    int rows = 9;
    int out = 20;
    int in = 12;
    float[] w = random(random, out * in);
    float[] x = random(random, 3 + rows * 30);
    float[] y = random(random, 2 + rows * 25);
    float[] before = y.clone();
    Matrices.ofFloats(w, out, in).multiply(x, 3, 30, rows, null, y, 2, 25);
    for (int r = 0; r < rows; r++) {
      float[] row = java.util.Arrays.copyOfRange(x, 3 + r * 30, 3 + r * 30 + in);
      float[] want = ReferenceMath.multiply(row, 1, w, out, in, null);
      assertThat(java.util.Arrays.copyOfRange(y, 2 + r * 25, 2 + r * 25 + out)).isEqualTo(want);
      for (int gap = 2 + r * 25 + out; gap < 2 + (r + 1) * 25; gap++) {
        assertThat(y[gap]).isEqualTo(before[gap]);
      }
    }
  }

  @Test
  void rowsComeBackAsTheyWere() {
    Random random = new Random(SEED);
    float[] w = roundedToBf16(random(random, 37 * 11));
    for (Matrix matrix :
        new Matrix[] {
          Matrices.ofFloats(w, 37, 11),
          Matrices.ofBf16(bf16(w), 37, 11),
          Matrices.keptAsBf16(bf16(w), 37, 11)
        }) {
      float[] rows = new float[37 * 11];
      for (int r = 0; r < 37; r++) {
        matrix.row(r, rows, r * 11);
      }
      assertThat(rows).isEqualTo(w);
      assertThatThrownBy(() -> matrix.row(37, rows, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void stackedMatricesAreOneAboveTheOther() {
    Random random = new Random(SEED);
    float[][] parts = {random(random, 5 * 7), random(random, 5 * 7), random(random, 5 * 7)};
    Matrix stacked = Matrices.stack(3, i -> parts[i], 5, 7);
    float[] row = new float[7];
    stacked.row(12, row, 0);
    assertThat(row).isEqualTo(java.util.Arrays.copyOfRange(parts[2], 14, 21));
  }

  @Test
  void operandsThatAreTooShortAreRefused() {
    Matrix matrix = Matrices.ofFloats(new float[12], 3, 4);
    assertThatThrownBy(() -> matrix.multiply(new float[7], 0, 2, null, new float[6], 0))
        .hasMessageContaining("x has 7 values");
    assertThatThrownBy(() -> matrix.multiply(new float[8], 0, 2, null, new float[5], 0))
        .hasMessageContaining("y has 5 values");
    assertThatThrownBy(() -> Matrices.ofFloats(new float[11], 3, 4)).hasMessageContaining("3 x 4");
    assertThatThrownBy(() -> Matrices.ofBf16(new short[11], 3, 4)).hasMessageContaining("3 x 4");
    assertThatThrownBy(() -> Matrices.keptAsBf16(new short[11], 3, 4))
        .hasMessageContaining("3 x 4");
    assertThatThrownBy(() -> Matrices.ofFloats((r, t) -> {}, 1 << 20, 1 << 12))
        .hasMessageContaining("too large");
  }
}
