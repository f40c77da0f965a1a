package dev.moonflow.training.data.text;

import dev.moonflow.training.data.Draw;
import java.util.Locale;

/** Single lines and words as they stand on signs, forms, receipts and pages. */
public final class Lines {
  private Lines() {}

  /** One word, number or code without a space. */
  public static String word(Draw draw) {
    String word =
        switch (draw.weighted(40, 10, 10, 8, 8, 8, 6, 6, 4)) {
          case 0 -> draw.pick(Lexicon.NOUNS);
          case 1 -> draw.pick(Lexicon.ADJECTIVES);
          case 2 -> draw.pick(Lexicon.TRANSITIVE).past();
          case 3 -> Nouns.plural(draw.pick(Lexicon.NOUNS));
          case 4 -> Values.pseudoWord(draw);
          case 5 -> draw.pick(Lexicon.LAST_NAMES);
          case 6 -> Values.number(draw);
          case 7 -> Values.code(draw);
          default -> Values.noise(draw, draw.between(2, 9));
        };
    int space = word.indexOf(' ');
    return cased(draw, space < 0 ? word : word.substring(0, space));
  }

  private static String cased(Draw draw, String word) {
    return switch (draw.weighted(70, 20, 10)) {
      case 0 -> word;
      case 1 -> Prose.capital(word);
      default -> word.toUpperCase(Locale.ROOT);
    };
  }

  /**
   * One line.
   *
   * @param charactersMax at most so many characters
   */
  public static String line(Draw draw, int charactersMax) {
    String line =
        switch (draw.weighted(45, 8, 6, 6, 6, 6, 6, 5, 6, 6)) {
          case 0 -> new Prose(draw).sentence();
          case 1 -> labelled(draw);
          case 2 -> Values.address(draw);
          case 3 -> draw.pick(Lexicon.PRODUCTS) + "  " + Values.amount(draw);
          case 4 -> Values.person(draw) + ", " + Values.date(draw);
          case 5 -> Values.company(draw);
          case 6 -> new Prose(draw).heading();
          case 7 -> draw.chance(0.5) ? Values.email(draw) : Values.url(draw);
          case 8 -> words(draw);
          default -> Values.number(draw) + " " + Values.number(draw) + " " + Values.code(draw);
        };
    if (draw.chance(0.05)) {
      line = line.toUpperCase(Locale.ROOT);
    }
    return cut(line, charactersMax);
  }

  /** A field and its value: {@code Invoice date: 3 May 1998}. */
  public static String labelled(Draw draw) {
    return switch (draw.below(7)) {
      case 0 -> "Date: " + Values.date(draw);
      case 1 -> "Total: " + Values.amount(draw);
      case 2 -> "Phone: " + Values.phone(draw);
      case 3 -> "Customer No. " + Values.code(draw);
      case 4 -> "Name: " + Values.person(draw);
      case 5 -> "Opening hours: " + Values.time(draw) + " - " + Values.time(draw);
      default -> Prose.capital(draw.pick(Lexicon.NOUNS)) + ": " + Values.number(draw);
    };
  }

  private static String words(Draw draw) {
    StringBuilder text = new StringBuilder(word(draw));
    for (int i = draw.between(1, 6); i > 0; i--) {
      text.append(' ').append(word(draw));
    }
    return text.toString();
  }

  /** The beginning of a text that ends with a whole word where it can. */
  static String cut(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text.strip();
    }
    int space = text.lastIndexOf(' ', charactersMax);
    return text.substring(0, space > 0 ? space : charactersMax).strip();
  }
}
