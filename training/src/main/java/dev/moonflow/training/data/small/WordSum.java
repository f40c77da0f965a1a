package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.subject.Question;
import java.util.List;

/** A short sum in words. */
final class WordSum {
  private WordSum() {}

  /** A sum of the vocabulary's side. */
  static Question pick(Draw draw, Vocabulary words) {
    return words.ownBy(draw, d -> any(d, words), Question::text);
  }

  private static Question any(Draw draw, Vocabulary words) {
    String who = words.firstName(draw);
    String things = words.things(draw, 10);
    int bound = draw.pick(9, 20, 60, 99);
    long a = draw.between(2, bound);
    long b = draw.between(1, bound);
    long more = Math.max(a, b);
    long less = Math.min(a, b);
    return switch (draw.below(6)) {
      case 0 ->
          added(
              "%s has %d %s and gets %d more. How many %s does %s have?"
                  .formatted(who, a, things, b, things, who),
              a,
              b);
      case 1 ->
          taken(
              "%s has %d %s and gives away %d. How many are left?"
                  .formatted(who, more, things, less),
              more,
              less);
      case 2 -> added("What is %d + %d?".formatted(a, b), a, b);
      case 3 -> taken("What is %d - %d?".formatted(more, less), more, less);
      case 4 -> {
        String other = words.firstName(draw);
        yield added(
            "%s has %d %s and %s has %d. How many do they have together?"
                .formatted(who, a, things, other, b),
            a,
            b);
      }
      default -> {
        long c = draw.between(1, 9);
        List<String> steps = Sums.WHOLE.sum(List.of(a, b, c));
        yield new Question("What is %d + %d + %d?".formatted(a, b, c), steps, "" + (a + b + c));
      }
    };
  }

  private static Question added(String text, long a, long b) {
    return new Question(text, Sums.WHOLE.add(a, b), "" + (a + b));
  }

  private static Question taken(String text, long a, long b) {
    return new Question(text, Sums.WHOLE.subtract(a, b), "" + (a - b));
  }
}
