package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers with names: a column of a table, the bars of a chart.
 *
 * @param measure what the numbers are
 * @param names of the numbers
 */
record Series(String measure, List<String> names, int[] values) {
  static Series of(String measure, List<String> names, int[] values) {
    return new Series(measure, names, values);
  }

  private int indexOfMost() {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private int indexOfLeast() {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }

  private boolean once(int value) {
    int count = 0;
    for (int each : values) {
      count += each == value ? 1 : 0;
    }
    return count == 1;
  }

  /** Largest, smallest and total. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    int most = indexOfMost();
    int least = indexOfLeast();
    if (once(values[most])) {
      facts.add(
          "The highest value of %s is %d (%s).".formatted(measure, values[most], names.get(most)));
    }
    if (once(values[least])) {
      facts.add(
          "The lowest value of %s is %d (%s).".formatted(measure, values[least], names.get(least)));
    }
    int total = 0;
    for (int value : values) {
      total += value;
    }
    facts.add("Together, %s come to %d.".formatted(measure, total));
    return facts;
  }

  /** A sum, a difference, a comparison or a count. */
  Question reasoning(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> sum();
      case 1 -> difference(draw);
      case 2 -> extreme(draw);
      default -> above(draw);
    };
  }

  private Question sum() {
    List<String> steps = new ArrayList<>();
    int sum = values[0];
    steps.add("%s is %d.".formatted(names.get(0), values[0]));
    for (int i = 1; i < values.length; i++) {
      steps.add(
          "%s is %d: %d + %d = %d."
              .formatted(names.get(i), values[i], sum, values[i], sum + values[i]));
      sum += values[i];
    }
    return new Question("What is the sum of all values of " + measure + "?", steps, "" + sum);
  }

  private Question difference(Draw draw) {
    int a = draw.below(values.length);
    int b = (a + draw.between(1, values.length - 1)) % values.length;
    int high = Math.max(values[a], values[b]);
    int low = Math.min(values[a], values[b]);
    return new Question(
        "What is the difference in %s between %s and %s?"
            .formatted(measure, names.get(a), names.get(b)),
        List.of(
            "%s is %d.".formatted(names.get(a), values[a]),
            "%s is %d.".formatted(names.get(b), values[b]),
            "%d - %d = %d.".formatted(high, low, high - low)),
        "" + (high - low));
  }

  private Question extreme(Draw draw) {
    boolean highest = draw.chance(0.5);
    int best = highest ? indexOfMost() : indexOfLeast();
    if (!once(values[best])) {
      return sum();
    }
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      steps.add("%s is %d.".formatted(names.get(i), values[i]));
    }
    steps.add("The %s of these is %d.".formatted(highest ? "highest" : "lowest", values[best]));
    return new Question(
        "Which has the %s value of %s?".formatted(highest ? "highest" : "lowest", measure),
        steps,
        names.get(best));
  }

  private Question above(Draw draw) {
    int limit = values[draw.below(values.length)];
    limit = Math.max(1, limit - limit % (limit >= 100 ? 50 : 5));
    List<String> steps = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      boolean more = values[i] > limit;
      count += more ? 1 : 0;
      steps.add(
          "%s is %d: %s."
              .formatted(names.get(i), values[i], more ? "more, that makes " + count : "not more"));
    }
    return new Question(
        "How many values of %s are greater than %d?".formatted(measure, limit), steps, "" + count);
  }
}
