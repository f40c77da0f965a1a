package dev.moonflow.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.media.DecodedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameSketchTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private static DecodedImage noisy(int level, int noise, long seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.max(0, Math.min(255, level + random.nextInt(2 * noise + 1) - noise));
    }
    return new DecodedImage(WIDTH, HEIGHT, rgb);
  }

  private static DecodedImage withSquare(DecodedImage image, int left, int top, int side) {
    byte[] rgb = image.rgb().clone();
    for (int y = top; y < top + side; y++) {
      Arrays.fill(rgb, (y * WIDTH + left) * 3, (y * WIDTH + left + side) * 3, (byte) 250);
    }
    return new DecodedImage(WIDTH, HEIGHT, rgb);
  }

  @Test
  void cellsAreMeansAndBlackAndWhiteDifferEntirely() {
    byte[] rgb = new byte[48 * 48 * 3];
    Arrays.fill(rgb, 0, 48 * 3 * 24, (byte) 255);
    byte[] sketch = FrameSketch.of(new DecodedImage(48, 48, rgb));
    assertThat(sketch).hasSize(24 * 24 * 3);
    assertThat(sketch[0]).isEqualTo((byte) 255);
    assertThat(sketch[24 * 12 * 3]).isZero();
    byte[] black = FrameSketch.of(new DecodedImage(48, 48, new byte[rgb.length]));
    assertThat(FrameSketch.difference(sketch, black)).isEqualTo(255);
    assertThat(FrameSketch.difference(sketch, sketch)).isZero();
  }

  @Test
  void noiseShowsLittleAndASmallThingThatMovesShowsMuch() {
    byte[] calm = FrameSketch.of(noisy(120, 20, 1));
    assertThat(FrameSketch.difference(calm, FrameSketch.of(noisy(120, 20, 2)))).isLessThan(6);
    byte[] here = FrameSketch.of(withSquare(noisy(120, 20, 3), 40, 60, 48));
    byte[] there = FrameSketch.of(withSquare(noisy(120, 20, 4), 200, 60, 48));
    assertThat(FrameSketch.difference(here, there)).isGreaterThan(60);
    assertThat(FrameSketch.difference(here, there)).isEqualTo(FrameSketch.difference(there, here));
  }

  @Test
  void aChangeOfColourAloneCounts() {
    byte[] red = new byte[24 * 24 * 3];
    byte[] green = new byte[24 * 24 * 3];
    for (int i = 0; i < red.length; i += 3) {
      red[i] = (byte) 200;
      green[i + 1] = (byte) 102; // about the same brightness
    }
    assertThat(FrameSketch.difference(red, green)).isEqualTo(200);
  }

  @Test
  void picturesSmallerThanTheCellsHaveSketchesToo() {
    assertThat(FrameSketch.of(new DecodedImage(1, 1, new byte[] {1, 2, 3})))
        .startsWith(1, 2, 3, 1, 2, 3);
    assertThat(FrameSketch.of(new DecodedImage(5, 100, new byte[1500]))).containsOnly(0);
  }
}
