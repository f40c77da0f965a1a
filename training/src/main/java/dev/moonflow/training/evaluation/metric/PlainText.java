package dev.moonflow.training.evaluation.metric;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Forms of a text in which unimportant differences are gone. */
final class PlainText {
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern ARTICLES = Pattern.compile("\\b(?:a|an|the)\\b");
  private static final Pattern NEITHER_LETTER_NOR_DIGIT =
      Pattern.compile("[^\\p{L}\\p{M}\\p{N}.%$+/-]+|(?<!\\d)\\.|\\.(?!\\d)");

  private PlainText() {}

  /** Composed characters, single spaces, no space at the ends. */
  static String spaced(String text) {
    return SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ").strip();
  }

  /** The same in lower case. */
  static String lower(String text) {
    return spaced(text).toLowerCase(Locale.ROOT);
  }

  /**
   * Lower case, without punctuation and articles: what exact match compares. Points between digits
   * and the signs of amounts stay.
   */
  static String normal(String text) {
    String bare = NEITHER_LETTER_NOR_DIGIT.matcher(lower(text)).replaceAll(" ");
    return spaced(ARTICLES.matcher(bare).replaceAll(" "));
  }

  /** No white space at all. */
  static String dense(String text) {
    return SPACE.matcher(text).replaceAll("");
  }

  /** Whether {@code text} holds {@code part} with no letter or digit next to it. */
  static boolean holdsWord(String text, String part) {
    return lastWord(text, part) >= 0;
  }

  /** Where {@code part} stands last with no letter or digit next to it; -1 if nowhere. */
  static int lastWord(String text, String part) {
    if (part.isEmpty()) {
      return -1;
    }
    for (int at = text.lastIndexOf(part); at >= 0; at = text.lastIndexOf(part, at - 1)) {
      int end = at + part.length();
      boolean open = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
      if (open && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)))) {
        return at;
      }
      if (at == 0) {
        break;
      }
    }
    return -1;
  }
}
