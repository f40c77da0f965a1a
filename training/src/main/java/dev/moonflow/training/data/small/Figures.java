package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.subject.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers with names, and what can be asked about them.
 *
 * @param measure what the numbers are, such as {@code boats}
 * @param values in the units of {@code sums}
 */
record Figures(String measure, List<String> names, List<Long> values, Sums sums) {
  Figures {
    names = List.copyOf(names);
    values = List.copyOf(values);
  }

  int indexOf(boolean highest) {
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      boolean better =
          highest ? values.get(i) > values.get(best) : values.get(i) < values.get(best);
      best = better ? i : best;
    }
    return best;
  }

  /** Whether one value is above all others, and one below. */
  boolean isClear() {
    long most = values.get(indexOf(true));
    long least = values.get(indexOf(false));
    return values.stream().filter(v -> v == most).count() == 1
        && values.stream().filter(v -> v == least).count() == 1;
  }

  private static Question look(String text, String answer) {
    return new Question(text, List.of(), answer);
  }

  /** The name of the highest or lowest; of equal ones, the first. */
  Question extreme(Draw draw, String pattern) {
    boolean highest = draw.chance(0.5);
    return look(pattern.formatted(highest ? "most" : "least"), names.get(indexOf(highest)));
  }

  /** A value. */
  Question value(Draw draw, String pattern) {
    int i = draw.below(names.size());
    return look(pattern.formatted(names.get(i)), sums.text(values.get(i)));
  }

  /** Which has the highest value, or the lowest. */
  Question highest(Draw draw) {
    boolean highest = draw.chance(0.5);
    String asked = "Which has the %s value?".formatted(highest ? "highest" : "lowest");
    return look(asked, names.get(indexOf(highest)));
  }

  /** Whether one is higher than another. */
  Question higher(Draw draw) {
    int a = draw.below(names.size());
    int b = (a + draw.between(1, names.size() - 1)) % names.size();
    String asked = "Is %s higher than %s?".formatted(names.get(a), names.get(b));
    return look(asked, values.get(a) > values.get(b) ? "Yes" : "No");
  }

  /** The sum of some, with what each of them is and the sum in steps. */
  Question total(List<String> of, String question) {
    List<String> steps = new ArrayList<>();
    List<Long> terms = new ArrayList<>();
    long sum = 0;
    for (String name : of) {
      long value = values.get(names.indexOf(name));
      steps.add("%s is %s.".formatted(name, sums.text(value)));
      terms.add(value);
      sum += value;
    }
    steps.addAll(sums.sum(terms));
    return new Question(question, steps, sums.text(sum));
  }

  /** A sum or a difference, in steps. */
  Question sum(Draw draw) {
    List<String> two = draw.distinct(names, 2);
    if (draw.chance(0.4)) {
      long a = values.get(names.indexOf(two.get(0)));
      long b = values.get(names.indexOf(two.get(1)));
      List<String> steps = new ArrayList<>();
      steps.add("%s is %s.".formatted(two.get(0), sums.text(a)));
      steps.add("%s is %s.".formatted(two.get(1), sums.text(b)));
      steps.addAll(sums.subtract(Math.max(a, b), Math.min(a, b)));
      return new Question(
          "What is the difference between %s and %s?".formatted(two.get(0), two.get(1)),
          steps,
          sums.text(Math.abs(a - b)));
    }
    if (names.size() <= 3 && draw.chance(0.5)) {
      return total(names, "What is the sum of all values?");
    }
    return total(two, "What do %s and %s add up to?".formatted(two.get(0), two.get(1)));
  }
}
