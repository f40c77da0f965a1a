package dev.moonflow.model.constraint;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The decimal writings of the numbers of a range, as JSON has them, without an exponent.
 *
 * @param integer whether there is no point
 * @param min the smallest, or null
 * @param max the largest, or null
 */
record NumberForm(boolean integer, BigDecimal min, BigDecimal max) {
  private static final int INTEGER_DIGITS = 15;
  private static final int INTEGER_DIGITS_MAX = 18;
  private static final int FRACTION_DIGITS = 6;
  private static final int FRACTION_DIGITS_MAX = 15;
  private static final String END = "(-?[0-9]+(?:\\.[0-9]+)?)?";
  private static final Pattern TEXT =
      Pattern.compile("\\s*(integer|decimal)(?:\\s+" + END + "\\.\\." + END + ")?\\s*");

  /** Reads {@code integer} or {@code decimal} and an optional {@code MIN..MAX}. */
  static NumberForm parse(String text) throws ConstraintException {
    Matcher matcher = text.length() > 200 ? null : TEXT.matcher(text);
    if (matcher == null || !matcher.matches()) {
      throw new ConstraintException(
          "a number must be \"integer\" or \"decimal\", optionally with a range as in \"integer"
              + " 0..100\", got \""
              + (text.length() > 200 ? text.substring(0, 200) + "..." : text)
              + "\".");
    }
    return new NumberForm(
        matcher.group(1).equals("integer"), bound(matcher.group(2)), bound(matcher.group(3)));
  }

  private static BigDecimal bound(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  /** Appends the numbers; returns the node where they end. */
  int append(ByteNfa nfa, int from) throws ConstraintException {
    BigDecimal low = rounded(min, RoundingMode.CEILING);
    BigDecimal high = rounded(max, RoundingMode.FLOOR);
    int before = Math.max(INTEGER_DIGITS, Math.max(digitsBefore(low), digitsBefore(high)));
    int after =
        integer ? 0 : Math.max(FRACTION_DIGITS, Math.max(digitsAfter(low), digitsAfter(high)));
    if (before > INTEGER_DIGITS_MAX || after > FRACTION_DIGITS_MAX) {
      throw new ConstraintException(
          "the range of a number may have %d digits before and %d after the point."
              .formatted(INTEGER_DIGITS_MAX, FRACTION_DIGITS_MAX));
    }
    if (low != null && high != null && low.compareTo(high) > 0) {
      throw new ConstraintException(
          "no number is at least "
              + min.toPlainString()
              + " and at most "
              + max.toPlainString()
              + ".");
    }
    BigDecimal most = BigDecimal.TEN.pow(before).subtract(BigDecimal.ONE);
    BigDecimal least = BigDecimal.ONE.movePointLeft(after); // the smallest above zero
    int to = nfa.node();
    if (high == null || high.signum() >= 0) {
      BigDecimal begin = low == null || low.signum() < 0 ? BigDecimal.ZERO : low;
      new DecimalRange(nfa, before, after, begin, high == null ? most : high).append(from, to);
    }
    if (low == null || low.signum() < 0) {
      int minus = nfa.node();
      nfa.bytes(from, minus, '-', '-');
      BigDecimal begin = high == null || high.signum() >= 0 ? least : high.negate();
      BigDecimal end = low == null ? most : low.negate();
      new DecimalRange(nfa, before, after, begin, end).append(minus, to);
    }
    return to;
  }

  private BigDecimal rounded(BigDecimal bound, RoundingMode towardsRange) {
    return bound == null || !integer ? bound : bound.setScale(0, towardsRange);
  }

  private static int digitsBefore(BigDecimal bound) {
    return bound == null ? 0 : Math.max(1, bound.precision() - bound.scale());
  }

  private static int digitsAfter(BigDecimal bound) {
    return bound == null ? 0 : Math.max(0, bound.stripTrailingZeros().scale());
  }
}
