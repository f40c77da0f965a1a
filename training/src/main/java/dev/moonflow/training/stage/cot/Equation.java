package dev.moonflow.training.stage.cot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation with its result, as reasoning spells it: {@code 12 + 30 = 42}.
 *
 * @param left first operand
 * @param operator {@code +}, {@code -} or {@code x}
 * @param right second operand
 * @param result what the text says it comes to
 */
record Equation(BigDecimal left, char operator, BigDecimal right, BigDecimal result) {
  private static final String NUMBER = "\\d{1,18}(?:\\.\\d{1,9})?";

  /** Not the end of a longer sum. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<![\\d.,])(?<![+x-] )(%s) ([+x-]) (%s) = (-?%s)".formatted(NUMBER, NUMBER, NUMBER));

  /** All of a text, in order. */
  static List<Equation> in(String text) {
    List<Equation> found = new ArrayList<>();
    Matcher matcher = FORM.matcher(text);
    while (matcher.find()) {
      found.add(
          new Equation(
              new BigDecimal(matcher.group(1)),
              matcher.group(2).charAt(0),
              new BigDecimal(matcher.group(3)),
              new BigDecimal(matcher.group(4))));
    }
    return found;
  }

  /** What the operation really comes to. */
  BigDecimal value() {
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      default -> left.multiply(right);
    };
  }

  /** Whether the result is right. */
  boolean holds() {
    return value().compareTo(result) == 0;
  }

  /** With another result. */
  Equation guessing(BigDecimal guess) {
    return new Equation(left, operator, right, guess);
  }

  /** The operation undone: what the result must give with the second operand to be right. */
  String undone() {
    String back =
        switch (operator) {
          case '+' -> "%s - %s".formatted(result.toPlainString(), right.toPlainString());
          case '-' -> "%s + %s".formatted(result.toPlainString(), right.toPlainString());
          default -> "%s / %s".formatted(result.toPlainString(), right.toPlainString());
        };
    return back + (holds() ? " is " : " is not ") + left.toPlainString();
  }

  /** As reasoning spells it. */
  String text() {
    return "%s %s %s = %s"
        .formatted(left.toPlainString(), operator, right.toPlainString(), result.toPlainString());
  }
}
