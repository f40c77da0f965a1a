package dev.moonflow.training.data.text;

import dev.moonflow.training.data.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic with its steps and its exact result.
 *
 * @param question what is asked
 * @param steps one line each, leading to the answer
 * @param answer a whole number
 */
public record Arithmetic(String question, List<String> steps, String answer) {

  /**
   * A problem.
   *
   * @param digits of the operands at most, from 1
   */
  public static Arithmetic pick(Draw draw, int digits) {
    long bound = (long) Math.pow(10, draw.between(1, digits));
    return switch (draw.below(5)) {
      case 0 -> addition(draw.between(1L, bound), draw.between(1L, bound));
      case 1 -> subtraction(draw.between(1L, bound), draw.between(1L, bound));
      case 2 -> product(draw.between(2L, Math.min(bound, 999)), draw.between(2L, 19L));
      case 3 -> story(draw, (int) Math.min(bound, 200));
      default -> series(draw, bound);
    };
  }

  private static Arithmetic addition(long a, long b) {
    List<String> steps = new ArrayList<>();
    long carry = 0;
    long place = 1;
    String[] names = {"ones", "tens", "hundreds", "thousands"};
    for (int i = 0; (place <= a || place <= b) && i < names.length; i++, place *= 10) {
      long x = a / place % 10;
      long y = b / place % 10;
      long sum = x + y + carry;
      steps.add(
          "%s: %d + %d%s = %d"
              .formatted(names[i], x, y, carry == 0 ? "" : " + " + carry + " carried", sum));
      carry = sum / 10;
    }
    steps.add("So " + a + " + " + b + " = " + (a + b) + ".");
    return new Arithmetic("What is " + a + " + " + b + "?", steps, "" + (a + b));
  }

  private static Arithmetic subtraction(long x, long y) {
    long a = Math.max(x, y);
    long b = Math.min(x, y);
    long tens = b / 10 * 10;
    List<String> steps = new ArrayList<>();
    if (tens > 0) {
      steps.add(a + " - " + tens + " = " + (a - tens) + ".");
    }
    steps.add((a - tens) + " - " + (b - tens) + " = " + (a - b) + ".");
    return new Arithmetic("What is " + a + " - " + b + "?", steps, "" + (a - b));
  }

  private static Arithmetic product(long a, long b) {
    List<String> steps = new ArrayList<>();
    if (b > 10) {
      steps.add(a + " x 10 = " + a * 10 + ".");
      steps.add(a + " x " + (b - 10) + " = " + a * (b - 10) + ".");
      steps.add(a * 10 + " + " + a * (b - 10) + " = " + a * b + ".");
    } else {
      steps.add(a / 10 * 10 + " x " + b + " = " + a / 10 * 10 * b + ".");
      steps.add(a % 10 + " x " + b + " = " + a % 10 * b + ".");
      steps.add(a / 10 * 10 * b + " + " + a % 10 * b + " = " + a * b + ".");
    }
    return new Arithmetic("What is " + a + " x " + b + "?", steps, "" + a * b);
  }

  private static Arithmetic story(Draw draw, int bound) {
    String who = draw.pick(Lexicon.FIRST_NAMES);
    String things = Nouns.plural(draw.pick(Lexicon.NOUNS));
    int start = draw.between(2, bound);
    int given = draw.between(1, start - 1);
    int boxes = draw.between(2, 6);
    int each = draw.between(2, 9);
    int left = start - given;
    int total = left + boxes * each;
    return new Arithmetic(
        "%s has %d %s and gives away %d of them. Then %s buys %d boxes with %d %s each. How many %s does %s have now?"
            .formatted(who, start, things, given, who, boxes, each, things, things, who),
        List.of(
            "After giving away there are %d - %d = %d left.".formatted(start, given, left),
            "The boxes hold %d x %d = %d.".formatted(boxes, each, boxes * each),
            "Together: %d + %d = %d.".formatted(left, boxes * each, total)),
        "" + total);
  }

  private static Arithmetic series(Draw draw, long bound) {
    List<Long> terms = new ArrayList<>();
    for (int i = draw.between(3, 5); i > 0; i--) {
      terms.add(draw.between(1L, bound));
    }
    List<String> steps = new ArrayList<>();
    long sum = terms.get(0);
    for (long term : terms.subList(1, terms.size())) {
      steps.add(sum + " + " + term + " = " + (sum + term) + ".");
      sum += term;
    }
    String joined = String.join(" + ", terms.stream().map(String::valueOf).toList());
    return new Arithmetic("What is " + joined + "?", steps, "" + sum);
  }
}
