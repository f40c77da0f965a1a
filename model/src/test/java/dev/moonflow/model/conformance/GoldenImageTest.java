package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenImageTest {
  @TempDir private Path folder;

  private GoldenImage written(BufferedImage image) throws IOException {
    Path file = folder.resolve("image.png");
    ImageIO.write(image, "png", file.toFile());
    return GoldenImage.read(file);
  }

  @Test
  void greySamplesAreReadWithoutColourManagementAndRepeated() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 7);
    image.getRaster().setSample(1, 0, 0, 200);
    GoldenImage read = written(image);
    assertThat(read.channels()).isEqualTo(1);
    assertThat(read.hasAlpha()).isFalse();
    assertThat(read.rgb().rgb()).containsExactly(7, 7, 7, 200, 200, 200);
    assertThat(read.rgba().rgba()).containsExactly(7, 7, 7, 255, 200, 200, 200, 255);
  }

  @Test
  void coloursOfTransparentPixelsSurvive() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x000A141E);
    image.setRGB(1, 0, 0x80FF0001);
    GoldenImage read = written(image);
    assertThat(read.hasAlpha()).isTrue();
    assertThat(read.rgb().rgb()).containsExactly(10, 20, 30, 255, 0, 1);
    assertThat(read.rgba().rgba()).containsExactly(10, 20, 30, 0, 255, 0, 1, 128);
  }

  @Test
  void aPaletteIsLookedUp() throws IOException {
    byte[] red = {1, (byte) 250};
    byte[] green = {2, (byte) 251};
    byte[] blue = {3, (byte) 252};
    IndexColorModel palette = new IndexColorModel(1, 2, red, green, blue);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    assertThat(written(image).rgb().rgb()).containsExactly(1, 2, 3, 250, 251, 252);
  }

  @Test
  void whatIsNotAnEightBitPngIsSaidSo() throws IOException {
    assertThatThrownBy(() -> written(new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY)))
        .hasMessageContaining("8-bit samples");
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    assertThatThrownBy(() -> GoldenImage.read(text)).hasMessageContaining("not a PNG image");
  }
}
