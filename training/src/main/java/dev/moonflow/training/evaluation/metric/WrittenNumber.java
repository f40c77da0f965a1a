package dev.moonflow.training.evaluation.metric;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people write them: thousands apart by commas, a fraction, an exponent, a sign that may
 * be a minus of Unicode. Currency and percent signs are passed over.
 */
final class WrittenNumber {
  private static final String DIGITS = "(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d.])([-+\u2212]?)\\s?[$\u20ac\u00a3]?("
              + DIGITS
              + "(?:\\.\\d+)?|\\.\\d+)(?:[eE]([-+]?\\d{1,3}))?(?:\\s?/\\s?(\\d+(?:\\.\\d+)?))?");
  private static final Pattern LATEX_FRACTION =
      Pattern.compile("\\\\[dt]?frac\\{([^{}]+)\\}\\{([^{}]+)\\}");

  private WrittenNumber() {}

  /** The number that an answer comes to: the first of its final part, else the last of all. */
  static OptionalDouble in(String answer) {
    String plain = LATEX_FRACTION.matcher(answer).replaceAll("$1/$2");
    String point = FinalAnswer.of(plain);
    OptionalDouble found = FinalAnswer.isAnnounced(plain) ? first(point) : OptionalDouble.empty();
    return found.isPresent() ? found : last(plain);
  }

  private static OptionalDouble first(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? value(matcher) : OptionalDouble.empty();
  }

  private static OptionalDouble last(String text) {
    OptionalDouble found = OptionalDouble.empty();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      found = value(matcher);
    }
    return found;
  }

  private static OptionalDouble value(Matcher matcher) {
    double value = Double.parseDouble(matcher.group(2).replace(",", ""));
    if (matcher.group(3) != null) {
      value = Double.parseDouble(matcher.group(2).replace(",", "") + "e" + matcher.group(3));
    }
    if (matcher.group(4) != null) {
      value /= Double.parseDouble(matcher.group(4));
    }
    boolean negative = !matcher.group(1).isEmpty() && !matcher.group(1).equals("+");
    return Double.isFinite(value)
        ? OptionalDouble.of(negative ? -value : value)
        : OptionalDouble.empty();
  }
}
