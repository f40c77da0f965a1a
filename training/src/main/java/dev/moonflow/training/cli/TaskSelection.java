package dev.moonflow.training.cli;

import dev.moonflow.training.evaluation.Evaluation;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.heldout.HeldOutItems;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which tasks a user means. */
final class TaskSelection {
  private static final List<String> GROUPS = List.of("all", "synthetic", "needle", "moonlet");

  private TaskSelection() {}

  /**
   * The tasks of names and groups, in the order of the catalogue.
   *
   * @throws EvaluationException if a name is unknown or a task lacks its data
   */
  static List<TaskDefinition> of(TaskCatalog catalog, List<String> names, Map<String, Path> data) {
    for (String name : names) {
      if (!GROUPS.contains(name) && catalog.find(name).isEmpty()) {
        throw new EvaluationException(
            "There is no task " + name + "; moonflow evaluate --list says which there are.");
      }
    }
    for (String name : data.keySet()) {
      if (catalog.find(name).isEmpty()) {
        throw new EvaluationException("--data names the task " + name + ", which there is not.");
      }
    }
    List<TaskDefinition> chosen =
        catalog.all().stream().filter(task -> isMeant(task, names, data)).toList();
    for (TaskDefinition task : chosen) {
      if (!task.isSynthetic() && !data.containsKey(task.name())) {
        throw new EvaluationException(
            "Task %s needs its data: --data %s=PATH, %s."
                .formatted(task.name(), task.name(), task.data()));
      }
      Evaluation.requireLoader(task);
    }
    return chosen;
  }

  private static boolean isMeant(TaskDefinition task, List<String> names, Map<String, Path> data) {
    boolean needle = task.loader().startsWith("needle-");
    boolean moonlet = task.loader().equals(HeldOutItems.LOADER);
    return names.contains(task.name())
        || names.contains("needle") && needle
        || names.contains("moonlet") && moonlet
        || names.contains("synthetic") && task.isSynthetic() && !needle && !moonlet
        || names.contains("all")
            && (task.isSynthetic() && !needle && !moonlet || data.containsKey(task.name()));
  }
}
