package dev.moonflow.kernels.packing;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PackingSpecTest {
  private static final float[] ONES = {1f, 1f, 1f};
  private static final PackingSpec.PositionTable TABLE =
      new PackingSpec.PositionTable(1, 2, 3, new float[6]);

  @Test
  void settingsThatCannotWorkAreNamed() {
    refuses(0, ONES, 8, 1e4f, "packing: patchSize must be from 1 to 64, got 0");
    refuses(65, ONES, 8, 1e4f, "packing: patchSize must be from 1 to 64, got 65");
    refuses(14, new float[] {1f, 0f, 1f}, 8, 1e4f, "packing: std must not be 0");
    refuses(14, new float[2], 8, 1e4f, "packing: std needs 3 values, got 2");
    refuses(14, ONES, 6, 1e4f, "packing: headDim must be a multiple of 4, got 6");
    refuses(14, ONES, 8, 0f, "packing: ropeTheta must be above 0, got 0.0");
  }

  @Test
  void tablesThatDoNotFitTheirSizeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackingSpec.PositionTable(2, 2, 3, new float[6]))
        .withMessage("packing: position table of 2 x 2 x 3 got 6 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackingSpec.PositionTable(0, 2, 3, new float[0]))
        .withMessage("packing: position table sizes must be positive: 0 x 2 x 3");
  }

  private static void refuses(int p, float[] std, int headDim, float theta, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PackingSpec(p, ONES, std, headDim, theta, TABLE))
        .withMessage(message);
  }
}
