package dev.moonflow.training.evaluation.report;

import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.Locale;

/** Numbers as reports print them. */
final class Figures {
  private static final int DECIMALS_FROM = 1000;

  private Figures() {}

  /** A share at a task's scale: percent with a decimal, OCRBench's thousand without. */
  static String of(double share, TaskDefinition task) {
    return String.format(
        Locale.ROOT, task.scale() >= DECIMALS_FROM ? "%.0f" : "%.1f", share * task.scale());
  }

  static String interval(Score score, TaskDefinition task) {
    return of(score.interval().low(), task) + " to " + of(score.interval().high(), task);
  }

  /** Text that may stand in a cell of a table. */
  static String cell(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").replace("|", "\\|");
  }
}
