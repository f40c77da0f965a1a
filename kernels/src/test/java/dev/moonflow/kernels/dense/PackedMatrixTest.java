package dev.moonflow.kernels.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of packed weights: what they are, and that nothing else decides their bits. */
class PackedMatrixTest {
  private static final int ROWS = 64;

  static Stream<Arguments> cases() {
    return DenseCases.providers()
        .flatMap(
            p ->
                Arrays.stream(WeightFormat.values())
                    .map(format -> Arguments.of(p.name(), p, format)));
  }

  static Stream<Arguments> integerCases() {
    return cases().filter(a -> a.get()[2] != WeightFormat.BF16);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("integerCases")
  void integersAreExact(String name, DenseProvider provider, WeightFormat format) {
    for (int[] shape : new int[][] {{1, 1}, {3, 33}, {70, 96}, {130, 588}, {65, 1153}}) {
      PackedWeights w = weights(format, shape[0], shape[1]);
      for (int rows : new int[] {1, 3, 4, 17, 66}) {
        float[] x = DenseCases.gaussian(rows, rows * shape[1]);
        float[] bias = DenseCases.gaussian(3, shape[0]);
        float[] y = new float[rows * shape[0]];
        PackedMatrix.of(w, provider).multiply(x, 0, rows, bias, y, 0);
        assertThat(y)
            .as("%d x %d, %d rows", shape[0], shape[1], rows)
            .isEqualTo(DenseCases.reference(w, x, rows, bias));
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("integerCases")
  void sumsOfTheLargestValuesAreExact(String name, DenseProvider provider, WeightFormat format) {
    int in = 11_264;
    float[] w = new float[64 * in];
    Arrays.fill(w, -1);
    float[] x = new float[5 * in];
    Arrays.fill(x, 1);
    float[] y = new float[5 * 64];
    PackedWeights packed = DenseCases.pack(format, w, 64, in);
    PackedMatrix.of(packed, provider).multiply(x, 0, 5, null, y, 0);
    float expected = in * 127 * (int) packed.at(0, 0) * (packed.scale(0) * (1f / 127));
    assertThat(y).containsOnly(expected);
    assertThat(expected).isCloseTo(-in, within(in * 0.01f));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("cases")
  void aRowIsTheSameInEveryBatch(String name, DenseProvider provider, WeightFormat format) {
    int[] all = new int[ROWS];
    Arrays.setAll(all, i -> i + 1);
    sameInEveryBatch(provider, format, 130, 576, all);
    sameInEveryBatch(provider, format, 64, 4304, 2, 3, 5, 16, 17, 48, 64, 90);
    sameInEveryBatch(provider, format, 64, 64, 2, 33, 300);
  }

  private static void sameInEveryBatch(
      DenseProvider provider, WeightFormat format, int out, int in, int... batches) {
    PackedMatrix matrix = PackedMatrix.of(weights(format, out, in), provider);
    int most = batches[batches.length - 1];
    float[] x = DenseCases.gaussian(11, most * in);
    float[] alone = new float[most * out];
    for (int r = 0; r < most; r++) {
      matrix.multiply(x, r * in, 1, null, alone, r * out);
    }
    for (int rows : batches) {
      float[] y = new float[rows * out];
      matrix.multiply(x, 0, rows, null, y, 0);
      assertThat(Arrays.mismatch(y, Arrays.copyOf(alone, rows * out)))
          .as("first place that differs, %d x %d, %d rows", out, in, rows)
          .isEqualTo(-1);
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("cases")
  void productsAreNearThoseOfTheGivenWeights(
      String name, DenseProvider provider, WeightFormat format) {
    int out = 192;
    int in = 2048;
    float[] w = DenseCases.gaussian(5, out * in);
    float[] x = DenseCases.gaussian(6, in);
    float[] y = new float[out];
    PackedMatrix.of(DenseCases.pack(format, w, out, in), provider).multiply(x, 0, 1, null, y, 0);
    double error = 0;
    double size = 0;
    for (int o = 0; o < out; o++) {
      double exact = 0;
      for (int i = 0; i < in; i++) {
        exact += (double) w[o * in + i] * x[i];
      }
      error += (y[o] - exact) * (y[o] - exact);
      size += exact * exact;
    }
    double limit =
        switch (format) {
          case BF16 -> 0.004;
          case INT8 -> 0.015;
          case INT4 -> 0.11;
        };
    assertThat(Math.sqrt(error / size)).isLessThan(limit);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("cases")
  void rowsMayLieApart(String name, DenseProvider provider, WeightFormat format) {
    int out = 20;
    int in = 40;
    PackedMatrix matrix = PackedMatrix.of(weights(format, out, in), provider);
    float[] apart = DenseCases.gaussian(8, 1000);
    float[] dense = new float[3 * in];
    for (int r = 0; r < 3; r++) {
      System.arraycopy(apart, 7 + r * 90, dense, r * in, in);
    }
    float[] expected = new float[3 * out];
    matrix.multiply(dense, 0, 3, null, expected, 0);
    float[] y = new float[500];
    Arrays.fill(y, 9);
    matrix.multiply(apart, 7, 90, 3, null, y, 5, 33);
    for (int r = 0; r < 3; r++) {
      assertThat(Arrays.copyOfRange(y, 5 + r * 33, 5 + r * 33 + out))
          .isEqualTo(Arrays.copyOfRange(expected, r * out, (r + 1) * out));
      assertThat(Arrays.copyOfRange(y, 5 + r * 33 + out, 5 + (r + 1) * 33)).containsOnly(9);
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("cases")
  void zerosAndWhatIsNotANumberStayInTheirRow(
      String name, DenseProvider provider, WeightFormat format) {
    int in = 64;
    float[] x = DenseCases.gaussian(9, 3 * in);
    Arrays.fill(x, 0, in, 0f);
    x[in + 5] = Float.NaN;
    float[] y = new float[3 * 16];
    PackedMatrix.of(weights(format, 16, in), provider).multiply(x, 0, 3, null, y, 0);
    assertThat(Arrays.copyOf(y, 16)).containsOnly(0f);
    for (int o = 0; o < 16; o++) {
      assertThat(y[16 + o]).isNaN();
      assertThat(y[32 + o]).isFinite();
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("cases")
  void operandsThatAreTooShortAreRefused(String name, DenseProvider provider, WeightFormat format) {
    PackedMatrix matrix = PackedMatrix.of(weights(format, 16, 64), provider);
    assertThatThrownBy(() -> matrix.multiply(new float[127], 0, 2, null, new float[32], 0))
        .hasMessage("x has 127 values, the product needs 128");
    assertThatThrownBy(() -> matrix.multiply(new float[128], 0, 2, null, new float[31], 0))
        .hasMessage("y has 31 values, the product needs 32");
  }

  private static PackedWeights weights(WeightFormat format, int out, int in) {
    return DenseCases.pack(format, DenseCases.gaussian(in, out * in), out, in);
  }
}
