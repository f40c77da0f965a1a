package dev.moonflow.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BicubicResizerTest {
  private static final long SEED = 20250410L;

  @Test
  void anySizesAndChannelsGiveTheBytesOfThePlainTwin() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 150; round++) {
      int width = 1 + random.nextInt(90);
      int height = 1 + random.nextInt(90);
      int channels = 1 + random.nextInt(4);
      int newWidth = 1 + random.nextInt(120);
      int newHeight = 1 + random.nextInt(120);
      byte[] in = extremes(random, width * height * channels);
      assertThat(BicubicResizer.resize(in, width, height, channels, newWidth, newHeight))
          .as("%d x %d x %d to %d x %d", width, height, channels, newWidth, newHeight)
          .isEqualTo(ReferenceResizer.resize(in, width, height, channels, newWidth, newHeight));
    }
  }

  /** Half of the samples black or white, so that overshoots are clamped at both ends. */
  private static byte[] extremes(Random random, int count) {
    byte[] samples = new byte[count];
    random.nextBytes(samples);
    for (int i = 0; i < count; i++) {
      int draw = random.nextInt(4);
      samples[i] = draw == 0 ? 0 : draw == 1 ? (byte) 255 : samples[i];
    }
    return samples;
  }

  @Test
  void anImageOfOneColourKeepsItAtEverySize() {
    byte[] grey = new byte[37 * 23];
    Arrays.fill(grey, (byte) 201);
    for (int side = 1; side < 80; side += 7) {
      assertThat(BicubicResizer.resize(grey, 37, 23, 1, side, 81 - side)).containsOnly(201);
    }
  }

  @Test
  void theInputIsNotChangedAndTheSameSizeIsTheSameImage() {
    byte[] in = extremes(new Random(SEED), 10 * 12 * 3);
    byte[] before = in.clone();
    BicubicResizer.resize(in, 10, 12, 3, 7, 30);
    assertThat(in).isEqualTo(before);
    assertThat(BicubicResizer.resize(in, 10, 12, 3, 10, 12)).isEqualTo(before);
  }

  @Test
  void sizesThatCannotBeAreNamed() {
    assertThatThrownBy(() -> BicubicResizer.resize(new byte[12], 2, 2, 3, 0, 5))
        .hasMessageContaining("2 x 2 to 0 x 5");
    assertThatThrownBy(() -> BicubicResizer.resize(new byte[11], 2, 2, 3, 5, 5))
        .hasMessageContaining("11");
    assertThatThrownBy(() -> BicubicResizer.resize(new byte[3], 1, 1, 3, 40_000, 40_000))
        .hasMessageContaining("2 GiB");
  }
}
