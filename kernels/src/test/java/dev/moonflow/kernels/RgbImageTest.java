package dev.moonflow.kernels;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RgbImageTest {
  @Test
  void sizesThatDoNotFitTheBytesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RgbImage(2, 3, new byte[17]))
        .withMessage("image of 2 x 3 needs 18 bytes, got 17");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RgbImage(0, 3, new byte[0]))
        .withMessage("image size must be positive: 0 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RgbImage(60_000, 60_000, new byte[1]))
        .withMessage("image of 60000 x 60000 needs 10800000000 bytes, got 1");
  }
}
