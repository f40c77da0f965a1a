package dev.moonflow.training.stage.cot;

import dev.moonflow.training.batch.KeyedHash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain steps as a train of thought in the four forms of SPEC section 12.3: planning (what has to
 * be done), exploration (a guess), evaluation (undoing an operation to see whether it was right)
 * and reflection (taking a wrong guess back). Whatever is claimed is computed, so that a wrong
 * guess is always found out.
 */
final class TraceForms {
  private static final int PLAN = 0;
  private static final int EXPLORE = 1;
  private static final int SLIP = 2;

  private TraceForms() {}

  /**
   * A train of thought.
   *
   * @param steps in order; an operation in them may be guessed wrong at first
   * @param key of the draws
   */
  static String weave(List<String> steps, long key) {
    List<String> lines = new ArrayList<>();
    lines.add(plan(steps.size(), key));
    int guessed = KeyedHash.uniform(key, EXPLORE) < 0.5 ? lastWithEquation(steps) : -1;
    for (int i = 0; i < steps.size(); i++) {
      if (i == guessed) {
        lines.addAll(wrongGuess(last(steps.get(i)), key));
      }
      lines.add(steps.get(i));
    }
    int checked = lastWithEquation(steps);
    if (checked >= 0 && last(steps.get(checked)).right().signum() != 0) {
      lines.add("Check: " + last(steps.get(checked)).undone() + ", so it is right.");
    }
    return String.join("\n", lines);
  }

  private static String plan(int steps, long key) {
    String count = steps == 1 ? "one step" : steps + " steps";
    return KeyedHash.uniform(key, PLAN) < 0.5
        ? "Plan: I need " + count + "."
        : "Plan: " + count + ", then a check.";
  }

  /** Exploration, evaluation, reflection. */
  private static List<String> wrongGuess(Equation right, long key) {
    BigDecimal slip = BigDecimal.valueOf(1 + Math.floorMod(KeyedHash.bits(key, SLIP), 9L));
    Equation guess = right.guessing(right.value().add(slip));
    return List.of(
        "Maybe " + guess.text() + "?",
        "Check: " + (right.right().signum() == 0 ? "it is too much" : guess.undone()) + ".",
        "No, that was wrong. Again:");
  }

  private static int lastWithEquation(List<String> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (!Equation.in(steps.get(i)).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  private static Equation last(String step) {
    List<Equation> all = Equation.in(step);
    return all.get(all.size() - 1);
  }
}
