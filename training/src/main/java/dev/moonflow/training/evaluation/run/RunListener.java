package dev.moonflow.training.evaluation.run;

import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.OptionalInt;

/** Who is told how a run goes on. */
public interface RunListener {
  /** Who wants to know nothing. */
  RunListener NONE = new RunListener() {};

  /**
   * A task begins.
   *
   * @param items how many items it has, where that is known
   * @param done how many of them were answered by an earlier run
   */
  default void begins(TaskDefinition task, OptionalInt items, int done) {}

  /** An item was answered, or found to be damaged. */
  default void answered(Answered answered) {}

  /** A task ends. */
  default void ends(TaskDefinition task) {}
}
