package dev.moonflow.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.RgbImage;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short way for straight pages gives the bytes of the long one. */
class CutTest {
  private static final long SEED = 5L;

  @ParameterizedTest
  @CsvSource({
    "20,30,200,52,28",
    "0,0,300,21,28",
    "250,170,300,200,28",
    "10,10,290,190,28",
    "3,5,60,9,40"
  })
  void aStraightPageIsCutAsOneThatIsTurnedByNothing(
      int left, int top, int right, int bottom, int height) {
    byte[] rgb = new byte[3 * 300 * 200];
    new Random(SEED).nextBytes(rgb);
    RgbImage page = new RgbImage(300, 200, rgb);
    Box line = new Box(left, top, right, bottom);
    RgbImage cut =
        new PageResampler(page, PageTransform.identity(300, 200)).line(line, height, 100 * height);
    // A skew too small to move a sample by a sixteenth, and yet one: this takes the long way.
    PageTransform almost = new PageTransform(300, 200, 0, Double.MIN_NORMAL);
    RgbImage same = new PageResampler(page, almost).line(line, height, 100 * height);
    assertThat(cut.width()).isEqualTo(same.width());
    assertThat(cut.rgb()).as("seed " + SEED).isEqualTo(same.rgb());
  }
}
