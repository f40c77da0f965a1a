package dev.moonflow.jobs.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintableTextTest {

  @Test
  void whiteSpaceBecomesOneBlank() {
    assertThat(PrintableText.oneLine("  a \n\n b\t\tc\f ")).isEqualTo("a b c");
  }

  @Test
  void escapeSequencesDoNotReachTheTerminal() {
    assertThat(PrintableText.oneLine("\u001b[31mred\u0007")).isEqualTo("\\x1b[31mred\\x07");
    assertThat(PrintableText.lines("a\nb\u009bc")).isEqualTo("a\nb\\x9bc");
  }

  @Test
  void directionMarksPrivateAndUnassignedCharactersAreEscaped() {
    assertThat(PrintableText.oneLine("a\u202eb\ue000\u200bc"))
        .isEqualTo("a\\u202eb\\ue000\\u200bc");
    assertThat(PrintableText.oneLine("\ud800x")).isEqualTo("\\ud800x");
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    assertThat(PrintableText.fit("月光月光", 5)).isEqualTo("月光…");
    assertThat(PrintableText.pad("月", 4)).isEqualTo("月  ");
    assertThat(PrintableText.fit("e\u0301e\u0301e", 3)).isEqualTo("e\u0301e\u0301e");
  }

  @Test
  void whatFitsIsNotCut() {
    assertThat(PrintableText.fit("moon", 4)).isEqualTo("moon");
    assertThat(PrintableText.fit("moonflow", 4)).isEqualTo("moo…");
  }

  @Test
  void anyTextFitsAndHoldsNoControlCharacter() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x500 : 0x110000));
      }
      String fitted = PrintableText.fit(text.toString(), 17);
      assertThat(DisplayWidth.of(fitted)).as("seed 5, text %d", i).isLessThanOrEqualTo(17);
      assertThat(fitted.codePoints().noneMatch(Character::isISOControl)).isTrue();
      assertThat(DisplayWidth.of(PrintableText.pad(text.toString(), 17))).isEqualTo(17);
    }
  }
}
