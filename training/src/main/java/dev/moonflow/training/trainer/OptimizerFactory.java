package dev.moonflow.training.trainer;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.optimizer.Optimizer;

/** Makes the optimizer of a stage: of one process, or of one that shares its state with others. */
public interface OptimizerFactory {
  /** An optimizer with zero state for the parameters that are trained now. */
  Optimizer create(Parameters parameters);
}
