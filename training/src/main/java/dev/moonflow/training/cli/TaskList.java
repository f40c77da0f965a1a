package dev.moonflow.training.cli;

import dev.moonflow.training.evaluation.report.EvaluationReport;
import dev.moonflow.training.evaluation.report.TaskResult;
import dev.moonflow.training.evaluation.task.Area;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.Locale;

/** Tasks and scores, for a terminal. */
final class TaskList {
  private TaskList() {}

  /** All tasks by area, with what they need. */
  static String of(TaskCatalog catalog) {
    StringBuilder text = new StringBuilder();
    for (Area area : Area.values()) {
      text.append(area.title()).append('\n');
      for (TaskDefinition task : catalog.all()) {
        if (task.area() == area) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "  %-22s %s; %s%n  %-22s %s%n",
                  task.name(),
                  task.title(),
                  task.metric(),
                  "",
                  task.isSynthetic() ? "made here, needs no data" : "needs " + task.data()));
        }
      }
    }
    return text.toString();
  }

  /** One line a task. */
  static String scores(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    for (TaskResult result : report.results()) {
      TaskDefinition task = result.task();
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s %7.1f  (%.1f to %.1f)  %d items%s, %s%s%n",
              task.name(),
              task.scale() * result.score().value(),
              task.scale() * result.score().interval().low(),
              task.scale() * result.score().interval().high(),
              result.score().items(),
              result.score().errors() == 0 ? "" : ", " + result.score().errors() + " with errors",
              task.metric(),
              task.judge().isErrorRate() ? ", less is better" : ""));
    }
    return text.toString();
  }
}
