package dev.moonflow.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.RgbImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageProcessorTest {
  private static final float[] HALF = {0.5f, 0.5f, 0.5f};

  private static ImageProcessor processor(int limit, boolean pad) {
    return new ImageProcessor(new PreprocessorConfig(14, limit, pad, HALF, HALF, 2, 2, 1024));
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    new Random(width * 31L + height).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  private static int at(RgbImage image, int x, int y, int c) {
    return image.rgb()[(y * image.width() + x) * 3 + c] & 0xff;
  }

  @Test
  void paddingIsBlackAtTheRightAndAtTheBottom() throws ImageRejectedException {
    RgbImage image = noise(30, 17);
    ProcessedImage processed = processor(4096, true).process(image);
    assertThat(processed.pixels().width()).isEqualTo(56);
    assertThat(processed.pixels().height()).isEqualTo(28);
    assertThat(processed.mediaTokens()).isEqualTo(2);
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 56; x++) {
        int expected = x < 30 && y < 17 ? at(image, x, y, 1) : 0;
        assertThat(at(processed.pixels(), x, y, 1)).isEqualTo(expected);
      }
    }
  }

  @Test
  void croppingKeepsTheCentre() throws ImageRejectedException {
    RgbImage image = noise(33, 31);
    ProcessedImage processed = processor(4096, false).process(image);
    assertThat(processed.pixels().width()).isEqualTo(28);
    assertThat(at(processed.pixels(), 0, 0, 2)).isEqualTo(at(image, 2, 2, 2));
    assertThat(at(processed.pixels(), 27, 27, 0)).isEqualTo(at(image, 29, 29, 0));
  }

  @Test
  void anImageThatFitsIsHandedOnAsItIs() throws ImageRejectedException {
    RgbImage image = noise(56, 28);
    assertThat(processor(4096, true).process(image).pixels().rgb()).isSameAs(image.rgb());
  }

  @Test
  void aRejectedImageSaysItsSizeAndWhy() {
    assertThatThrownBy(() -> processor(4096, true).process(noise(7168, 3)))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageContaining("7168 x 3 pixels")
        .hasMessageContaining("512");
    assertThatThrownBy(() -> processor(4096, false).process(noise(40, 13)))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> processor(4096, false).process(noise(42, 28)))
        .hasMessageContaining("2 x 3 patches");
  }

  @Test
  void aPlanForAnotherSizeIsRefused() {
    ImageProcessor processor = processor(4096, true);
    assertThatThrownBy(() -> processor.render(noise(20, 20), processor.plan(20, 21)))
        .hasMessageContaining("20 x 21");
  }

  @Test
  void transparentPixelsLendNoColourWhenAlphaIsKeptToTheEnd() {
    // Red, fully transparent, beside opaque green: premultiplied resizing ignores the red.
    byte[] rgba = new byte[56 * 56 * 4];
    for (int pixel = 0; pixel < 56 * 56; pixel++) {
      boolean left = pixel % 56 < 28;
      rgba[4 * pixel] = left ? (byte) 255 : 0;
      rgba[4 * pixel + 1] = left ? 0 : (byte) 255;
      rgba[4 * pixel + 3] = left ? 0 : (byte) 255;
    }
    RgbaImage image = new RgbaImage(56, 56, rgba);
    ImageProcessor processor = processor(4, true);
    ResizePlan plan = processor.plan(56, 56);
    assertThat(plan.resizedWidth()).isEqualTo(28);
    RgbImage nativeOrder = processor.renderNativeOrder(image, plan);
    RgbImage rgbFirst = processor.render(image.dropAlpha(), plan);
    assertThat(at(nativeOrder, 14, 5, 0)).isZero();
    assertThat(at(nativeOrder, 14, 5, 1)).isEqualTo(255);
    assertThat(at(rgbFirst, 0, 5, 0)).isEqualTo(255);
    assertThat(at(rgbFirst, 14, 5, 0)).isPositive();
  }
}
