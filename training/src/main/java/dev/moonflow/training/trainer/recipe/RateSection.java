package dev.moonflow.training.trainer.recipe;

import dev.moonflow.training.optimizer.LearningRate;
import java.util.List;

/**
 * A learning rate: up in a line, then down in a shape.
 *
 * @param peak highest rate
 * @param end rate of the last step
 * @param warmup steps of the rise from zero; 0 for none
 * @param shape of the way down
 */
public record RateSection(double peak, double end, long warmup, Shape shape) {

  /** The way from the peak to the end. */
  public enum Shape {
    /** Stays at the peak. */
    CONSTANT,
    /** A straight line. */
    LINEAR,
    /** Half a cosine wave. */
    COSINE
  }

  /** The rate by step for a stage of so many steps. */
  public LearningRate over(long steps) {
    long down = Math.max(1, steps - warmup);
    LearningRate way =
        switch (shape) {
          case CONSTANT -> new LearningRate.Constant(peak, down);
          case LINEAR -> new LearningRate.Linear(peak, end, down);
          case COSINE -> new LearningRate.Cosine(peak, end, down);
        };
    return warmup == 0
        ? way
        : new LearningRate.Phases(List.of(new LearningRate.Linear(0, peak, warmup), way));
  }
}
