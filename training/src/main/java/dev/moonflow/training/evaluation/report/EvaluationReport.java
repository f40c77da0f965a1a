package dev.moonflow.training.evaluation.report;

import dev.moonflow.training.evaluation.run.RunSettings;
import java.util.List;

/**
 * Everything that a report says.
 *
 * @param model fingerprint of the checkpoint
 * @param settings of the run
 * @param results in the order of the catalogue
 */
public record EvaluationReport(String model, RunSettings settings, List<TaskResult> results) {
  /** Why figures of sets made here stand alone. */
  static final String SYNTHETIC_NOTE =
      "Tasks named synthetic-* and needle-* are small sets made by this project. Their scores say how"
          + " models of this project compare with each other; they are not comparable with published"
          + " figures.";

  public EvaluationReport {
    results = List.copyOf(results);
  }
}
