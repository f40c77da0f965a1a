package dev.moonflow.model.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text into the pieces that byte-pair encoding never crosses (SPEC section 3.3).
 *
 * <p>The pattern is the published one. It needs no possessive rewriting: every repetition is of one
 * character class, which Java matches and backs off in a loop without recursion; and a scan that
 * fails is followed by an alternative that takes what was scanned, so the work is linear in the
 * text.
 */
final class PreTokenizer {

  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{IsHan}]]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{IsHan}]]";
  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

  // The flag makes \s the Unicode White_Space and (?i:) fold all of Unicode (SPEC appendix C).
  private static final Pattern PATTERN =
      Pattern.compile(
          String.join(
              "|",
              "[\\p{IsHan}]+",
              "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "*" + LOWER + "+" + CONTRACTION,
              "[^\\r\\n\\p{L}\\p{N}]?" + UPPER + "+" + LOWER + "*" + CONTRACTION,
              "\\p{N}{1,3}",
              " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*",
              "\\s*[\\r\\n]+",
              "\\s+(?!\\S)",
              "\\s+"),
          Pattern.UNICODE_CHARACTER_CLASS);

  private PreTokenizer() {}

  /** Hands every piece in order to {@code sink}; together they are the text. */
  static void split(String text, Consumer<String> sink) {
    Matcher matcher = PATTERN.matcher(text);
    int position = 0;
    while (matcher.find()) {
      if (matcher.start() != position) {
        break;
      }
      position = matcher.end();
      sink.accept(matcher.group());
    }
    if (position != text.length()) {
      throw new IllegalStateException("the pattern skips text at offset " + position);
    }
  }

  /** All pieces in order. */
  static List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    split(text, pieces::add);
    return pieces;
  }
}
