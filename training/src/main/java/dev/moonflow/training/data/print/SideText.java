package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.text.Prose;

/**
 * Lines of text that one side alone has: words and quotations are, and the whole line is by its own
 * hash.
 */
public final class SideText {
  private static final int TRIES = 2_000;

  private final Side side;
  private final EnglishText english;
  private final LineText lines;

  private SideText(Side side, EnglishText english) {
    this.side = side;
    this.english = english;
    this.lines = new LineText(english);
  }

  /**
   * The texts of a side.
   *
   * @throws dev.moonflow.training.sample.SampleException naming the package that is missing
   */
  public static SideText of(Side side) {
    return new SideText(side, EnglishText.of(side));
  }

  /**
   * One line of prose, records, numbers, code or characters without sense.
   *
   * @param charactersMax at most so many, at least 1
   */
  public String line(Draw draw, int charactersMax) {
    for (int i = 0; i < TRIES; i++) {
      String line = lines.line(draw, charactersMax);
      if (Side.of(line) == side && line.length() <= charactersMax) {
        return line;
      }
    }
    throw new IllegalStateException(
        "no line of %d characters is of the side %s".formatted(charactersMax, side));
  }

  /** One line of a quotation that people wrote. */
  public String quotation(Draw draw) {
    return english.line(draw);
  }

  /**
   * The first words of a quotation: letters alone, with a capital.
   *
   * @param charactersMax at most so many, at least 20
   */
  public String words(Draw draw, int charactersMax) {
    for (int i = 0; i < TRIES; i++) {
      String plain = english.line(draw).replaceAll("[^A-Za-z' ]", "").strip();
      int end =
          plain.length() <= charactersMax ? plain.length() : plain.lastIndexOf(' ', charactersMax);
      String words = end < 3 ? "" : Prose.capital(plain.substring(0, end).strip());
      if (!words.isEmpty() && Side.of(words) == side) {
        return words;
      }
    }
    throw new IllegalStateException("no words of the side " + side);
  }
}
