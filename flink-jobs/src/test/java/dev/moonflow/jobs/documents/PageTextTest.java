package dev.moonflow.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.jobs.perceive.Confidence;
import dev.moonflow.model.layout.Box;
import dev.moonflow.model.layout.TextLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines to text and Markdown, and how far texts disagree. */
class PageTextTest {
  private final List<TextLine> places = new ArrayList<>();
  private final List<LineReading> readings = new ArrayList<>();

  private PageTextTest line(int block, int height, String text) {
    return cell(block, TextLine.NONE, TextLine.NONE, height, text);
  }

  private PageTextTest cell(int block, int row, int cell, int height, String text) {
    Box box = new Box(0, 0, 1, 1);
    places.add(new TextLine(box, box, block, row, cell, 0, height));
    readings.add(new LineReading(text, Confidence.UNKNOWN));
    return this;
  }

  private String markdown() {
    return new PageText(places, readings).markdown();
  }

  private String plain() {
    return new PageText(places, readings).plain();
  }

  @Test
  void headingsAreLargerThanTheMiddleLine() {
    line(0, 20, "Report").line(1, 10, "one").line(1, 10, "two").line(2, 15, "Part");
    line(3, 13, "Smaller").line(4, 10, "three").line(4, 10, "four");

    assertThat(markdown()).isEqualTo("# Report\n\none two\n\n## Part\n\n### Smaller\n\nthree four");
    assertThat(plain()).isEqualTo("Report\n\none\ntwo\n\nPart\n\nSmaller\n\nthree\nfour");
  }

  @Test
  void brokenWordsAndFailedLinesFlow() {
    line(0, 10, "a har-").line(0, 10, "bour of East-").line(0, 10, "Asia").line(0, 10, null);
    line(0, 10, " and   more ");

    assertThat(markdown()).isEqualTo("a harbour of East- Asia and more");
  }

  @Test
  void tablesHaveRowsAndCells() {
    cell(0, 0, 0, 10, "Ship").cell(0, 0, 1, 10, "Tons");
    cell(0, 1, 0, 10, "Elbe|1").cell(0, 2, 1, 10, "7");

    assertThat(markdown()).isEqualTo("| Ship | Tons |\n|---|---|\n| Elbe\\|1 |  |\n|  | 7 |");
    assertThat(plain()).isEqualTo("Ship\tTons\nElbe|1\n7");
  }

  @Test
  void marksAndNumbersBeginItems() {
    line(0, 10, "• first thing").line(0, 10, "goes on").line(0, 10, "* second");
    line(1, 10, "1) one").line(1, 10, "2. two");

    assertThat(markdown()).isEqualTo("- first thing goes on\n- second\n\n1. one\n2. two");
  }

  @Test
  void nothingReadMeansSomethingToMarkdown() {
    line(0, 10, "a*b_c <d> [e] `f`").line(1, 10, "# no heading");

    assertThat(markdown()).isEqualTo("a\\*b\\_c \\<d> \\[e\\] \\`f\\`\n\n\\# no heading");
  }

  @Test
  void disagreementIsTheCharacterErrorRate() {
    assertThat(CharacterErrors.rate("a  b\nc", "a b c")).isZero();
    assertThat(CharacterErrors.rate("kitten", "sitting")).isCloseTo(3.0 / 7, within(1e-12));
    assertThat(CharacterErrors.rate("", "abc")).isEqualTo(1);
    assertThat(CharacterErrors.rate("abc", "")).isEqualTo(1);
    assertThat(CharacterErrors.rate("", " ")).isZero();
    assertThat(CharacterErrors.rate("x".repeat(30_000), "x".repeat(20_000))).isZero();
  }
}
