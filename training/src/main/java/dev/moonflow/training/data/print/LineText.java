package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.text.CodeText;
import dev.moonflow.training.data.text.Lines;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import java.util.Locale;

/** What stands on one line of a page: prose, records, numbers, code, and strings without sense. */
final class LineText {
  private static final String[] OPENING = {"\"", "'", "(", "[", "\u201c", "\u2018", "*", "<", "{"};
  private static final String[] CLOSING = {"\"", "'", ")", "]", "\u201d", "\u2019", "*", ">", "}"};
  private static final String[] MARKS = {",", ",", ";", ":", ".", "!", "?", "\u2014", " \u2013"};

  private final EnglishText english;

  LineText(EnglishText english) {
    this.english = english;
  }

  /**
   * One line.
   *
   * @param charactersMax at most so many
   */
  String line(Draw draw, int charactersMax) {
    String line =
        switch (draw.weighted(22, 22, 20, 16, 6, 6, 8)) {
          case 0 -> english.line(draw);
          case 1 -> words(draw, charactersMax);
          case 2 -> new Prose(draw).paragraph(3);
          case 3 -> Lines.line(draw, charactersMax);
          case 4 -> code(draw);
          case 5 -> figures(draw);
          default -> senseless(draw, Math.min(charactersMax, 24));
        };
    line = cased(draw, line);
    String cut = excerpt(draw, line, charactersMax);
    return cut.isEmpty() ? english.word(draw) : cut;
  }

  /** Dictionary words with punctuation among them. */
  private String words(Draw draw, int charactersMax) {
    StringBuilder text = new StringBuilder();
    while (text.length() < charactersMax && !draw.chance(0.03)) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      String word = draw.chance(0.85) ? english.word(draw) : Lines.word(draw);
      if (draw.chance(0.12)) {
        word = Prose.capital(word);
      }
      if (draw.chance(0.06)) {
        int pair = draw.below(OPENING.length);
        word = OPENING[pair] + word + CLOSING[pair];
      }
      text.append(word);
      if (draw.chance(0.15)) {
        text.append(draw.pick(MARKS));
      }
    }
    return text.toString();
  }

  private static String code(Draw draw) {
    String[] lines = CodeText.piece(draw).split("\n");
    return draw.pick(lines).strip();
  }

  private static String figures(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int i = draw.between(1, 5); i > 0; i--) {
      text.append(text.isEmpty() ? "" : draw.pick(" ", "  ", " | ", " / "));
      text.append(
          switch (draw.below(8)) {
            case 0 -> Values.amount(draw);
            case 1 -> Values.date(draw);
            case 2 -> Values.time(draw);
            case 3 -> draw.between(-20, 40) + "\u00b0C";
            case 4 -> "\u00a7 " + draw.between(1, 400) + draw.pick("", "a", "(2)");
            case 5 -> draw.pick("\u20ac", "\u00a3", "$") + Values.number(draw);
            case 6 -> draw.between(0, 100) + "%";
            default -> Values.number(draw);
          });
    }
    return text.toString();
  }

  /** Characters at random, which no language model can guess: the eye must see them. */
  private static String senseless(Draw draw, int charactersMax) {
    StringBuilder text = new StringBuilder();
    int length = draw.between(1, charactersMax);
    while (text.length() < length) {
      char c = PrintFonts.CHARACTERS.charAt(draw.below(PrintFonts.CHARACTERS.length()));
      if (c != ' ' || (!text.isEmpty() && text.charAt(text.length() - 1) != ' ')) {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String cased(Draw draw, String line) {
    return switch (draw.weighted(92, 6, 2)) {
      case 1 -> line.toUpperCase(Locale.ROOT);
      case 2 -> line.toLowerCase(Locale.ROOT);
      default -> line;
    };
  }

  /** A piece of whole words, beginning anywhere, as a line of a paragraph does. */
  private static String excerpt(Draw draw, String text, int charactersMax) {
    String plain = text.replaceAll("\\s+", " ").strip();
    int from = 0;
    if (plain.length() > charactersMax && draw.chance(0.7)) {
      int space = plain.indexOf(' ', draw.below(plain.length() - charactersMax));
      from = space < 0 || space + 1 >= plain.length() ? 0 : space + 1;
    }
    String rest = plain.substring(from);
    if (rest.length() > charactersMax) {
      int space = rest.lastIndexOf(' ', charactersMax);
      rest = rest.substring(0, space > 0 ? space : charactersMax);
    }
    StringBuilder kept = new StringBuilder();
    rest.chars()
        .filter(c -> PrintFonts.CHARACTERS.indexOf(c) >= 0)
        .forEach(c -> kept.append((char) c));
    return kept.toString().strip();
  }
}
