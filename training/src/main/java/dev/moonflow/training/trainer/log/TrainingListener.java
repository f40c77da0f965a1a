package dev.moonflow.training.trainer.log;

import dev.moonflow.training.trainer.StepRecord;

/** Who is told how a run goes; only the first rank tells. */
public interface TrainingListener extends AutoCloseable {

  /** Tells nobody. */
  TrainingListener SILENT =
      new TrainingListener() {
        @Override
        public void stage(String name, long step, long steps) {}

        @Override
        public void step(StepRecord record) {}

        @Override
        public void note(String sentence) {}
      };

  /** A stage begins, or goes on after a step. */
  void stage(String name, long step, long steps);

  /** A step was made. */
  void step(StepRecord record);

  /** Something worth a line. */
  void note(String sentence);

  @Override
  default void close() {}
}
