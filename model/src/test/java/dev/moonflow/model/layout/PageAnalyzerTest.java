package dev.moonflow.model.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.kernels.RgbImage;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines, order and lie of pages that were drawn, so that the truth is known. */
class PageAnalyzerTest {
  /** Pages of each kind of scan: two of each kind of page, in different fonts. */
  private static final int PAGES = 10;

  private static final List<String> FONTS = List.of("Serif", "SansSerif", "Monospaced");

  private static Font font(long seed, int size) {
    int style = seed % 5 == 4 ? Font.BOLD : seed % 7 == 3 ? Font.ITALIC : Font.PLAIN;
    return new Font(FONTS.get((int) (seed % 3)), style, size);
  }

  /** A page of some kind: prose, two or three columns, a table, a form, with a picture or not. */
  static PageSketch page(long seed) {
    PageSketch page = new PageSketch(seed);
    int size = 17 + page.random().nextInt(10);
    Font body = font(seed, size);
    Font heading = body.deriveFont(Font.BOLD, size * 1.8f);
    page.line(heading, page.words(3), 130, 170);
    double y = 240;
    switch ((int) (seed % 5)) {
      case 0 -> {
        for (int i = 0; i < 6; i++) {
          y = page.paragraph(body, 4 + page.random().nextInt(4), 130, y, 980) + size;
        }
      }
      case 1 -> {
        for (int column = 0; column < 2; column++) {
          y = 240 + column * page.random().nextInt(12);
          for (int i = 0; i < 5; i++) {
            y = page.paragraph(body, 5, 130 + column * 510, y, 460) + size;
          }
        }
      }
      case 2 -> {
        y = page.paragraph(body, 5, 130, y, 980) + 2 * size;
        y = page.table(body, 8, 4, 130, y, 960, seed % 2 == 0) + 2 * size;
        page.paragraph(body, 6, 130, y, 980);
      }
      case 3 -> {
        y = page.paragraph(body, 6, 130, y, 980) + size;
        page.picture(300, (int) y, 600, 380);
        y = page.paragraph(body, 5, 130, y + 430, 980);
        page.rule(130, (int) y, 980);
        page.paragraph(body, 6, 130, y + 2 * size, 980);
      }
      default -> {
        for (int column = 0; column < 3; column++) {
          page.paragraph(body.deriveFont(16f), 30, 100 + column * 365, 250, 315);
        }
      }
    }
    return page;
  }

  private static LineScore score(int pages, double skew, double darkest, double noise, int turns) {
    LineScore sum = LineScore.NONE;
    for (long seed = 0; seed < pages; seed++) {
      PageSketch page = page(seed);
      double angle = skew == 0 ? 0 : (page.random().nextDouble() * 2 - 1) * skew;
      PageSketch turned = turns == 0 && angle == 0 ? page : page.turned(turns, angle);
      PageLayout layout =
          PageAnalyzer.analyze(turned.scanned(darkest, noise, seed), LayoutOptions.DEFAULT);
      LineScore score = LineScore.of(turned, layout);
      sum = sum.plus(score);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    // skew up to, darkest corner, noise, quarter turns
    "0, 1, 0, 0",
    "0, 0.45, 6, 0",
    "0, 1, 25, 0",
    "4, 0.7, 5, 0",
    "15, 1, 0, 0",
    "0, 1, 4, 1",
    "2, 0.8, 4, 2",
    "2, 0.8, 4, 3",
  })
  void findsTheLinesOfPagesOfEveryKind(double skew, double darkest, double noise, int turns) {
    LineScore score = score(PAGES, skew, darkest, noise, turns);

    assertThat(score.recall()).as("recall of %s", score).isGreaterThanOrEqualTo(0.98);
    assertThat(score.precision()).as("precision of %s", score).isGreaterThanOrEqualTo(0.97);
    assertThat(score.order()).as("reading order of %s", score).isGreaterThanOrEqualTo(0.98);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "2, 0", "3, 0", "0, 3.3", "1, -6.2", "2, 11.5", "3, -14.5"})
  void saysHowAPageLies(int turns, double skew) {
    PageSketch page = page(0);

    PageLayout layout =
        PageAnalyzer.analyze(page.turned(turns, skew).scanned(0.9, 3, 1), LayoutOptions.DEFAULT);

    assertThat(layout.transform().quarterTurns()).isEqualTo((4 - turns) % 4);
    assertThat(layout.transform().skewDegrees()).isCloseTo(skew, within(0.2));
    assertThat(layout.turnConfidence()).isGreaterThan(0.3);
    assertThat(layout.upsideDownConfidence()).isGreaterThan(0.2);
    assertThat(layout.blank()).isFalse();
  }

  @Test
  void leavesAPageAsItIsWhereNoTestIsAskedFor() {
    RgbImage page = page(0).turned(2, 5).clean();

    PageLayout layout = PageAnalyzer.analyze(page, LayoutOptions.STRAIGHT);

    assertThat(layout.transform()).isEqualTo(PageTransform.identity(page.width(), page.height()));
  }

  @Test
  void digitsDoNotSayWhichWayIsUp() {
    PageSketch page = new PageSketch(5);
    Font font = new Font("SansSerif", Font.PLAIN, 20);
    for (int row = 0; row < 20; row++) {
      page.line(font, "100 200 888 010 080 888 101 808", 150, 200 + 40 * row);
    }

    PageLayout layout = PageAnalyzer.analyze(page.clean(), LayoutOptions.DEFAULT);

    assertThat(layout.transform().quarterTurns()).isZero();
    assertThat(layout.upsideDownConfidence()).isLessThan(0.05);
  }

  @Test
  void tellsTablesHeadingsAndColumnsApart() {
    PageSketch page = page(7); // heading, paragraph, table of 8 rows and 4 columns, paragraph
    PageLayout layout = PageAnalyzer.analyze(page.clean(), LayoutOptions.DEFAULT);
    List<TextLine> lines = layout.lines();

    assertThat(lines).hasSize(1 + 5 + 32 + 6);
    assertThat(lines.get(0).letterHeight()).isGreaterThan(lines.get(1).letterHeight() * 3 / 2);
    assertThat(lines.subList(1, 6)).noneMatch(TextLine::inTable);
    assertThat(lines.subList(1, 6).stream().map(TextLine::block).distinct()).hasSize(1);
    for (int i = 0; i < 32; i++) {
      assertThat(lines.get(6 + i).row()).isEqualTo(i / 4);
      assertThat(lines.get(6 + i).cell()).isEqualTo(i % 4);
    }
    assertThat(lines.subList(38, 44)).noneMatch(TextLine::inTable);
  }

  @Test
  void findsPicturesAndNoTextInThem() {
    PageLayout layout = PageAnalyzer.analyze(page(3).scanned(1, 3, 1), LayoutOptions.DEFAULT);

    assertThat(layout.pictures()).isNotEmpty();
    Box largest =
        layout.pictures().stream().max((a, b) -> Long.compare(a.area(), b.area())).orElseThrow();
    assertThat(largest.area()).isGreaterThan(600L * 380 / 2);
    assertThat(layout.lines()).noneMatch(l -> 2 * l.box().overlap(largest) > l.box().area());
  }

  @Test
  void boxesOfTheStraightAndOfTheOriginalPageAreTheSamePlaces() {
    PageSketch page = page(0).turned(1, 0);
    PageLayout layout = PageAnalyzer.analyze(page.clean(), LayoutOptions.DEFAULT);
    Box first = layout.lines().get(0).pageBox();

    // The heading of a page turned clockwise runs down along its right side.
    assertThat(first.height()).isGreaterThan(3 * first.width());
    assertThat(first.left()).isCloseTo(PageSketch.HEIGHT - 170 - 10, within(25));
  }

  @Test
  void knowsABlankPage() {
    RgbImage white = new PageSketch(1).clean();
    RgbImage dusty = new PageSketch(1).scanned(0.6, 12, 3);
    RgbImage black = new RgbImage(600, 800, new byte[600 * 800 * 3]);

    for (RgbImage page : List.of(white, dusty, black)) {
      PageLayout layout = PageAnalyzer.analyze(page, LayoutOptions.DEFAULT);
      assertThat(layout.blank()).isTrue();
      assertThat(layout.lines()).isEmpty();
    }
    PageSketch numbered = new PageSketch(1);
    numbered.line(new Font("Serif", Font.PLAIN, 22), "17", 610, 1650);
    assertThat(PageAnalyzer.analyze(numbered.clean(), LayoutOptions.DEFAULT).blank()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2000000", "3000000, 1", "2, 2", "7, 5000", "33, 31", "5000, 4000"})
  void degenerateSizesAreAnswered(int width, int height) {
    for (int fill : new int[] {0, 255, 128}) {
      byte[] rgb = new byte[3 * width * height];
      Arrays.fill(rgb, (byte) fill);

      PageLayout layout =
          PageAnalyzer.analyze(new RgbImage(width, height, rgb), LayoutOptions.DEFAULT);

      assertThat(layout.lines()).isEmpty();
      assertThat(layout.transform()).isEqualTo(PageTransform.identity(width, height));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noiseAloneIsAnswered(long seed) {
    byte[] rgb = new byte[3 * 900 * 1300];
    new java.util.Random(seed).nextBytes(rgb);
    PageLayout layout = PageAnalyzer.analyze(new RgbImage(900, 1300, rgb), LayoutOptions.DEFAULT);

    for (TextLine line : layout.lines()) {
      assertThat(line.pageBox().right()).isLessThanOrEqualTo(900);
      assertThat(line.pageBox().bottom()).isLessThanOrEqualTo(1300);
    }
  }

  @Test
  void theSamePageHasTheSameLayout() {
    RgbImage page = page(1).turned(3, 2.5).scanned(0.7, 8, 4);

    assertThat(PageAnalyzer.analyze(page, LayoutOptions.DEFAULT))
        .isEqualTo(PageAnalyzer.analyze(page, LayoutOptions.DEFAULT));
  }
}
