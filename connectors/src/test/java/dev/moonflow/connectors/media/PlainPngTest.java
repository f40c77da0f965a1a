package dev.moonflow.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainPngTest {
  private static final long SEED = 31L;

  /** Smooth with some noise, so that a writer finds use for every filter. */
  private static DecodedImage image(int width, int height, boolean grey) {
    Random random = new Random(SEED);
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = grey && i % 3 > 0 ? rgb[i - 1] : (byte) (i / 7 + random.nextInt(4));
    }
    return new DecodedImage(width, height, rgb);
  }

  @ParameterizedTest
  @CsvSource({"1,1,true", "1,1,false", "580,28,true", "33,7,false", "700,400,false"})
  void whatIsWrittenPlainlyIsReadByEveryReaderAsItWas(int width, int height, boolean grey)
      throws Exception {
    DecodedImage image = image(width, height, grey);
    byte[] png = PngEncoder.encodePlain(image);
    PngIntegrity.check(png);
    DecodedImage own = PlainPng.read(png, MediaLimits.DEFAULT).orElseThrow();
    assertThat(own.rgb()).isEqualTo(image.rgb());
    DecodedImage javas = RgbSamples.of(ImageIO.read(new java.io.ByteArrayInputStream(png)));
    assertThat(javas.rgb()).isEqualTo(image.rgb());
    assertThat(javas.width()).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "580,28", "33,7", "1240,300"})
  void whatImageIoPacksIsReadWithTheSameSamples(int width, int height) throws Exception {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_3BYTE_BGR}) {
      BufferedImage image = new BufferedImage(width, height, type);
      byte[] samples =
          ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData();
      System.arraycopy(image(width, height, false).rgb(), 0, samples, 0, samples.length);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      DecodedImage read = PlainPng.read(png.toByteArray(), MediaLimits.DEFAULT).orElseThrow();
      assertThat(read.rgb()).isEqualTo(RgbSamples.of(image).rgb());
    }
  }

  @Test
  void otherKindsAreLeftToImageIo() throws Exception {
    for (int type :
        new int[] {
          BufferedImage.TYPE_4BYTE_ABGR,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_USHORT_GRAY
        }) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(9, 9, type), "png", png);
      assertThat(PlainPng.read(png.toByteArray(), MediaLimits.DEFAULT)).isEmpty();
    }
  }

  @Test
  void limitsHoldBeforeAnythingIsUnpacked() {
    byte[] png = PngEncoder.encodePlain(image(40, 50, true));
    MediaLimits few = new MediaLimits(1 << 20, 1_999, 1_000, 10);
    assertThatThrownBy(() -> PlainPng.read(png, few))
        .isInstanceOf(MediaRejectedException.class)
        .hasMessageContaining("40 x 50");
  }
}
