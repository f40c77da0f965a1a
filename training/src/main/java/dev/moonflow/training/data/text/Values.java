package dev.moonflow.training.data.text;

import dev.moonflow.training.data.Draw;
import java.util.List;
import java.util.Locale;

/** Names, numbers, dates, amounts, addresses and codes as documents have them. */
public final class Values {
  /** Full names of the months. */
  public static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private static final String DIGITS = "0123456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String MARKS = ".,:;!?'\"()[]-/&%$#@+*=";
  private static final String[] ONSETS = {
    "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p",
    "pl", "qu", "r", "s", "sh", "st", "t", "th", "tr", "v", "w", "y", "z", ""
  };
  private static final String[] VOWELS = {
    "a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "oo", "ou", "ie"
  };
  private static final String[] CODAS = {
    "", "", "b", "ck", "d", "ft", "g", "l", "ll", "m", "n", "nd", "ng", "nt", "p", "r", "rd", "s",
    "ss", "st", "t", "th", "x"
  };

  private Values() {}

  /** A person. */
  public static String person(Draw draw) {
    String name = draw.pick(Lexicon.FIRST_NAMES) + " " + draw.pick(Lexicon.LAST_NAMES);
    if (draw.chance(0.08)) {
      return draw.pick("Dr", "Mr", "Mrs", "Ms", "Prof.") + " " + name;
    }
    return name;
  }

  /** A company. */
  public static String company(Draw draw) {
    String first = draw.pick(Lexicon.LAST_NAMES);
    String word = Prose.capital(draw.pick(Lexicon.NOUNS));
    String kind = draw.pick("Ltd", "Inc.", "GmbH", "plc", "LLC", "Co.", "S.A.", "Group", "Bros");
    return switch (draw.below(4)) {
      case 0 -> first + " & " + draw.pick(Lexicon.LAST_NAMES) + " " + kind;
      case 1 -> first + " " + word + " " + kind;
      case 2 -> draw.pick(Lexicon.PLACES) + " " + word + " " + kind;
      default -> Prose.capital(draw.pick(Lexicon.ADJECTIVES)) + " " + word + " " + kind;
    };
  }

  /** A date in one of the usual forms. */
  public static String date(Draw draw) {
    return date(draw, draw.between(1950, 2035));
  }

  /** A date of a year. */
  public static String date(Draw draw, int year) {
    int month = draw.between(1, 12);
    int day = draw.between(1, 28);
    String name = MONTHS.get(month - 1);
    return switch (draw.below(6)) {
      case 0 -> format("%04d-%02d-%02d", year, month, day);
      case 1 -> format("%02d/%02d/%04d", day, month, year);
      case 2 -> format("%d %s %d", day, name, year);
      case 3 -> format("%s %d, %d", name, day, year);
      case 4 -> format("%02d.%02d.%04d", day, month, year);
      default -> format("%d %s %d", day, name.substring(0, 3), year);
    };
  }

  /** A time of day. */
  public static String time(Draw draw) {
    return draw.chance(0.7)
        ? format("%02d:%02d", draw.below(24), draw.below(60))
        : format("%d:%02d %s", draw.between(1, 12), draw.below(60), draw.pick("am", "pm"));
  }

  /** An amount of money with its currency. */
  public static String amount(Draw draw) {
    String value = money(draw.between(1L, draw.pick(2_000L, 50_000L, 2_000_000L)));
    return switch (draw.below(5)) {
      case 0 -> "$" + value;
      case 1 -> "€" + value;
      case 2 -> "£" + value;
      case 3 -> value + " EUR";
      default -> "USD " + value;
    };
  }

  /** {@code 1,234.05} of 123405 hundredths. */
  public static String money(long hundredths) {
    return String.format(Locale.ROOT, "%,d.%02d", hundredths / 100, hundredths % 100);
  }

  /** A number in one of the usual forms. */
  public static String number(Draw draw) {
    return switch (draw.below(6)) {
      case 0 -> Integer.toString(draw.below(100));
      case 1 -> Integer.toString(draw.below(100_000));
      case 2 -> format("%,d", draw.below(10_000_000));
      case 3 -> format("%.2f", draw.uniform(0, 1000));
      case 4 -> format("%.1f%%", draw.uniform(0, 100));
      default -> "-" + draw.below(500);
    };
  }

  /** Street, number, code and city on one line. */
  public static String address(Draw draw) {
    return street(draw) + ", " + postcode(draw) + " " + draw.pick(Lexicon.PLACES);
  }

  /** Number and street. */
  public static String street(Draw draw) {
    String name =
        draw.chance(0.5) ? draw.pick(Lexicon.LAST_NAMES) : Prose.capital(draw.pick(Lexicon.NOUNS));
    return draw.between(1, 299)
        + " "
        + name
        + " "
        + draw.pick("Street", "Road", "Avenue", "Lane", "Square", "Drive", "Court", "Way");
  }

  private static String postcode(Draw draw) {
    return draw.chance(0.6) ? fill(draw, "99999") : fill(draw, "A9 9AA");
  }

  /** A telephone number. */
  public static String phone(Draw draw) {
    return fill(
        draw, draw.pick("+99 999 999999", "(999) 999-9999", "999 999 999", "+9 999-999-9999"));
  }

  /** An e-mail address. */
  public static String email(Draw draw) {
    String first = ascii(draw.pick(Lexicon.FIRST_NAMES));
    String last = ascii(draw.pick(Lexicon.LAST_NAMES));
    return first + draw.pick(".", "_", "") + last + "@" + domain(draw);
  }

  /** A web address. */
  public static String url(Draw draw) {
    return "https://"
        + domain(draw)
        + "/"
        + ascii(draw.pick(Lexicon.NOUNS))
        + draw.pick("", ".html", "/" + draw.below(10_000), "?id=" + draw.below(1000));
  }

  private static String domain(Draw draw) {
    return ascii(draw.pick(Lexicon.NOUNS)) + "." + draw.pick("example", "test", "example.com");
  }

  private static String ascii(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }

  /** An order number, serial number, plate or account number. */
  public static String code(Draw draw) {
    return fill(
        draw,
        draw.pick(
            "AA-9999",
            "A999-99A",
            "99-AAA-9999",
            "AA99 9999 9999 9999",
            "999999",
            "INV-99999",
            "AAA 999",
            "#9999",
            "A9A9A9",
            "9999-9999-9999",
            "Ref. A/99/999",
            "v9.99.9",
            "AA99AAA",
            "9A-99-9A9"));
  }

  /** Characters without sense, for reading that nothing but looking helps. */
  public static String noise(Draw draw, int length) {
    String alphabet =
        draw.pick(DIGITS, UPPER, LOWER, UPPER + DIGITS, LOWER + UPPER, LOWER + DIGITS + MARKS);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(draw.below(alphabet.length())));
    }
    return text.toString();
  }

  /** A word that could be English and is not. */
  public static String pseudoWord(Draw draw) {
    StringBuilder word = new StringBuilder();
    for (int i = draw.between(1, 3); i > 0; i--) {
      word.append(draw.pick(ONSETS)).append(draw.pick(VOWELS));
      word.append(i == 1 ? draw.pick(CODAS) : "");
    }
    return word.toString();
  }

  /** The pattern with a random digit for each 9 and letter for each A. */
  public static String fill(Draw draw, String pattern) {
    StringBuilder text = new StringBuilder();
    boolean literal = pattern.startsWith("INV") || pattern.startsWith("Ref");
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '9') {
        text.append(DIGITS.charAt(draw.below(10)));
      } else if (c == 'A' && !(literal && i < 3)) {
        text.append(UPPER.charAt(draw.below(26)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
