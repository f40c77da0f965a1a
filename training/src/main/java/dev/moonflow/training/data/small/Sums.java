package dev.moonflow.training.data.small;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Addition and subtraction in steps that are small enough to be known by heart; every step is one
 * equation of two operands, which a checker can follow.
 *
 * @param decimals digits behind the point: 2 for amounts of money, else 0
 */
record Sums(int decimals) {
  static final Sums WHOLE = new Sums(0);
  static final Sums MONEY = new Sums(2);

  /** A number as it is printed: {@code 12.50} of 1250 hundredths. */
  String text(long units) {
    return decimals == 0
        ? Long.toString(units)
        : String.format(Locale.ROOT, "%d.%02d", units / 100, units % 100);
  }

  private String equation(long a, char operator, long b) {
    long result = operator == '+' ? a + b : a - b;
    return "%s %c %s = %s.".formatted(text(a), operator, text(b), text(result));
  }

  /** Steps that lead to the sum of all, one after the other. */
  List<String> sum(List<Long> terms) {
    List<String> steps = new ArrayList<>();
    long sum = terms.get(0);
    for (long term : terms.subList(1, terms.size())) {
      steps.addAll(add(sum, term));
      sum += term;
    }
    return steps;
  }

  /** Steps that lead to {@code a + b}. */
  List<String> add(long a, long b) {
    List<String> steps = new ArrayList<>();
    if (decimals > 0) {
      parts(a, b, 100, steps, '+');
    } else if (a >= 10 && b >= 10 || a % 10 + b % 10 >= 10 && a + b > 20) {
      parts(a, b, 10, steps, '+');
    }
    steps.add(equation(a, '+', b));
    return steps;
  }

  /** The low parts and the high parts by themselves. */
  private static void parts(long a, long b, long base, List<String> steps, char operator) {
    List<String> found = new ArrayList<>();
    if (a % base > 0 && b % base > 0) {
      found.add("%d %c %d = %d.".formatted(a % base, operator, b % base, a % base + b % base));
    }
    if (a >= base && b >= base) {
      long high = base == 10 ? 10 : 1;
      found.add(
          "%d %c %d = %d."
              .formatted(a / base * high, operator, b / base * high, (a / base + b / base) * high));
    }
    if (found.size() == 2) {
      steps.addAll(found);
    }
  }

  /**
   * Steps that lead to {@code a - b} by counting up from b.
   *
   * @param a at least {@code b}
   */
  List<String> subtract(long a, long b) {
    List<String> steps = new ArrayList<>();
    long base = decimals > 0 ? 100 : 10;
    long next = (b + base - 1) / base * base;
    if (next > b && next < a) {
      steps.add(equation(b, '+', next - b));
      steps.add(equation(next, '+', a - next));
      steps.add(equation(next - b, '+', a - next));
    }
    steps.add(equation(a, '-', b));
    return steps;
  }
}
