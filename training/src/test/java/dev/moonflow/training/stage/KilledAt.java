package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.StepRecord;
import dev.moonflow.training.trainer.log.TrainingListener;

/** Ends a run in the middle of nothing, after a step that no checkpoint knows of. */
record KilledAt(long step) implements TrainingListener {
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void stage(String name, long step, long steps) {}

  @Override
  public void step(StepRecord record) {
    if (record.step() == step) {
      throw new Killed();
    }
  }

  @Override
  public void note(String sentence) {}
}
