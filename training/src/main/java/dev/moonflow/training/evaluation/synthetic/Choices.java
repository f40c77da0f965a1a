package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.training.evaluation.metric.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the options of a question. */
final class Choices {
  private Choices() {}

  /** The right option among three wrong ones, in random order. */
  static Target.Choice of(String right, List<String> others, SplittableRandom random) {
    List<String> wrong = new ArrayList<>(others);
    wrong.remove(right);
    List<String> options = new ArrayList<>(Words.some(Math.min(3, wrong.size()), wrong, random));
    int correct = random.nextInt(options.size() + 1);
    options.add(correct, right);
    return new Target.Choice(options, correct);
  }

  /** The right number among others near to it. */
  static Target.Choice ofNumber(int right, SplittableRandom random) {
    int low = Math.max(0, right - 1 - random.nextInt(3));
    List<String> near = new ArrayList<>();
    for (int n = low; near.size() < 4 || n <= right; n++) {
      near.add(Integer.toString(n));
    }
    List<String> others = near.subList(Math.max(0, near.size() - 4), near.size());
    return of(Integer.toString(right), others, random);
  }
}
