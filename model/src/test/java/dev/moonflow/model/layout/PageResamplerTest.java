package dev.moonflow.model.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.kernels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces cut out of pages, and the way between page and straight coordinates. */
class PageResamplerTest {

  @Test
  void aStraightPageIsItself() {
    RgbImage page = PageAnalyzerTest.page(0).clean();
    PageTransform same = PageTransform.identity(page.width(), page.height());

    assertThat(new PageResampler(page, same).straight()).isSameAs(page);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void quarterTurnsMovePixelsWithoutChangingThem(int turns) {
    byte[] rgb = new byte[3 * 20];
    for (int i = 0; i < 20; i++) {
      rgb[3 * i] = (byte) (10 * i);
    }
    RgbImage page = new RgbImage(5, 4, rgb);
    RgbImage straight = new PageResampler(page, new PageTransform(5, 4, turns, 0)).straight();

    assertThat(straight.width()).isEqualTo(turns == 2 ? 5 : 4);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 5; x++) {
        int sx = turns == 1 ? 3 - y : turns == 2 ? 4 - x : y;
        int sy = turns == 1 ? x : turns == 2 ? 3 - y : 4 - x;
        assertThat(straight.rgb()[3 * (sy * straight.width() + sx)])
            .isEqualTo(rgb[3 * (y * 5 + x)]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 3.5", "2, -12", "3, 15"})
  void goingToThePageAndBackEndsWhereItBegan(int turns, double skew) {
    PageTransform transform = new PageTransform(400, 700, turns, skew);
    double[] m = transform.toPage();
    double[] back = transform.fromPage(m[0] * 33 + m[1] * 71 + m[2], m[3] * 33 + m[4] * 71 + m[5]);

    assertThat(back[0]).isCloseTo(33, within(1e-9));
    assertThat(back[1]).isCloseTo(71, within(1e-9));
    double[] corner = transform.fromPage(0, 0);
    assertThat(corner[0]).isBetween(-1e-9, transform.straightWidth() + 1e-9);
    assertThat(corner[1]).isBetween(-1e-9, transform.straightHeight() + 1e-9);
  }

  @Test
  void aLineOfASkewedPageIsCutStraight() {
    PageSketch sketch = PageAnalyzerTest.page(0).turned(0, 4);
    RgbImage page = sketch.clean();
    PageLayout layout = PageAnalyzer.analyze(page, LayoutOptions.DEFAULT);
    TextLine line = layout.lines().get(1);

    RgbImage cut = new PageResampler(page, layout.transform()).line(line.box(), 32, 4096);

    assertThat(cut.height()).isEqualTo(32);
    double ratio = (double) line.box().width() / line.box().height();
    assertThat((double) cut.width() / cut.height()).isCloseTo(ratio, within(0.25 * ratio));
    assertThat(ink(cut, 0, 2)).as("room above").isZero();
    assertThat(ink(cut, 30, 32)).as("room below").isZero();
    assertThat(ink(cut, 8, 26)).as("letters").isGreaterThan(500);
  }

  @Test
  void aLongLineIsScaledToFit() {
    RgbImage page = PageAnalyzerTest.page(0).clean();
    PageTransform same = PageTransform.identity(page.width(), page.height());

    RgbImage cut = new PageResampler(page, same).line(new Box(100, 100, 1200, 130), 32, 256);

    assertThat(cut.width()).isEqualTo(256);
    assertThat(cut.height()).isEqualTo(32);
    assertThatThrownBy(() -> new PageResampler(page, same).line(new Box(0, 0, 9, 9), 4, 64))
        .hasMessageContaining("cannot be cut");
  }

  private static int ink(RgbImage image, int from, int to) {
    int dark = 0;
    for (int i = from * image.width(); i < to * image.width(); i++) {
      dark += (image.rgb()[3 * i] & 0xff) < 128 ? 1 : 0;
    }
    return dark;
  }
}
