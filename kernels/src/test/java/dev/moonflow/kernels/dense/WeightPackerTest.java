package dev.moonflow.kernels.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights after packing, one by one. */
class WeightPackerTest {
  private static final int OUT = 70;
  private static final int IN = 300;

  @ParameterizedTest
  @EnumSource
  void everyWeightIsNearWhatItWas(WeightFormat format) {
    float[] w = DenseCases.gaussian(1, OUT * IN);
    w[5 * IN + 7] = 20; // an outlier makes its row coarse and no other
    PackedWeights packed = DenseCases.pack(format, w, OUT, IN);
    float[] row = new float[IN];
    for (int o = 0; o < OUT; o++) {
      packed.row(o, row, 0);
      float largest = 0;
      for (int i = 0; i < IN; i++) {
        largest = Math.max(largest, Math.abs(w[o * IN + i]));
      }
      for (int i = 0; i < IN; i++) {
        float limit =
            switch (format) {
              case BF16 -> Math.abs(w[o * IN + i]) / 256;
              case INT8 -> largest / 253;
              case INT4 -> largest / 7;
            };
        assertThat(row[i]).isBetween(w[o * IN + i] - limit, w[o * IN + i] + limit);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void paddingIsZeroAndSumsAreOfTheRow(WeightFormat format) {
    PackedWeights packed = DenseCases.pack(format, DenseCases.gaussian(1, OUT * IN), OUT, IN);
    for (int o = 0; o < WeightFormat.paddedOut(OUT); o++) {
      int sum = 0;
      for (int i = 0; i < packed.paddedIn(); i++) {
        float weight = packed.at(o, i);
        if (o >= OUT || i >= IN) {
          assertThat(weight).as("padding %d, %d", o, i).isZero();
        }
        sum += (int) weight;
      }
      if (format != WeightFormat.BF16) {
        assertThat(packed.sum(o)).isEqualTo(sum);
      }
    }
  }

  @Test
  void fourBitsKeepGroupsOfDifferentSizeApart() {
    float[] w = DenseCases.gaussian(2, 64);
    for (int i = 32; i < 64; i++) {
      w[i] /= 10;
    }
    PackedWeights packed = DenseCases.pack(WeightFormat.INT4, w, 1, 64);
    float[] row = new float[64];
    packed.row(0, row, 0);
    double error = 0;
    double size = 0;
    for (int i = 32; i < 64; i++) {
      error += (row[i] - w[i]) * (row[i] - w[i]);
      size += w[i] * w[i];
    }
    // One step for the whole row would be a tenth of the first group's size: no better than zeros.
    assertThat(Math.sqrt(error / size)).isLessThan(0.2);
  }

  @Test
  void whatIsNotFiniteIsRefusedWithItsPlace() {
    float[] w = new float[2 * 8];
    w[11] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> DenseCases.pack(WeightFormat.INT8, w, 2, 8))
        .hasMessage("row 1, column 3 is Infinity");
  }

  @Test
  void sizesAreDocumented() {
    assertThat(WeightFormat.BF16.bytes(1408, 2048)).isEqualTo(2L * 1408 * 2048);
    assertThat(WeightFormat.INT8.bytes(1408, 2048)).isEqualTo(1408L * 2048 + 8 * 1408);
    assertThat(WeightFormat.INT4.bytes(1408, 2048)).isEqualTo(1408L * 2048 * 33 / 64 + 8 * 1408);
    assertThatThrownBy(() -> WeightFormat.INT8.bytes(1, WeightFormat.IN_MAX + 1))
        .hasMessageContaining("at most 131072 inputs");
  }
}
