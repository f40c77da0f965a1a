package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Learning rate by step. Steps count from 1: the first update is made with {@code at(1)}. Beyond
 * its last step a shape keeps its last value. In a recipe the shape's name holds its fields, such
 * as {@code linear: {from: 0, to: 4.2e-4, steps: 2000}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = LearningRate.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = LearningRate.Linear.class, name = "linear"),
  @JsonSubTypes.Type(value = LearningRate.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = LearningRate.Phases.class, name = "phases")
})
public sealed interface LearningRate {

  /** The rate of step 1, 2, .. */
  double at(long step);

  /** Steps that it was made for, at least 1. */
  long steps();

  /** The same rate throughout. */
  record Constant(double rate, long steps) implements LearningRate {
    public Constant {
      check(steps, rate);
    }

    @Override
    public double at(long step) {
      return rate;
    }
  }

  /** A straight line that leaves {@code from} and reaches {@code to} at the last step. */
  record Linear(double from, double to, long steps) implements LearningRate {
    public Linear {
      check(steps, from, to);
    }

    @Override
    public double at(long step) {
      return from + (to - from) * share(step, steps);
    }
  }

  /** Half a cosine wave that leaves {@code from} and reaches {@code to} at the last step. */
  record Cosine(double from, double to, long steps) implements LearningRate {
    public Cosine {
      check(steps, from, to);
    }

    @Override
    public double at(long step) {
      return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share(step, steps)));
    }
  }

  /** One shape after another, each counting its own steps from 1. */
  record Phases(List<LearningRate> parts) implements LearningRate {
    public Phases {
      if (parts == null || parts.isEmpty()) {
        throw new IllegalArgumentException("a learning rate in phases needs at least one phase");
      }
      parts = List.copyOf(parts);
    }

    @Override
    public double at(long step) {
      long left = step;
      for (LearningRate part : parts.subList(0, parts.size() - 1)) {
        if (left <= part.steps()) {
          return part.at(left);
        }
        left -= part.steps();
      }
      return parts.get(parts.size() - 1).at(left);
    }

    @Override
    public long steps() {
      return parts.stream().mapToLong(LearningRate::steps).sum();
    }
  }

  /** A linear rise from zero to the peak, then a cosine down to {@code end}. */
  static LearningRate warmupThenCosine(double peak, double end, long warmup, long steps) {
    return new Phases(
        List.of(new Linear(0, peak, warmup), new Cosine(peak, end, Math.max(1, steps - warmup))));
  }

  /**
   * Moonlight's three parts (SPEC section 12.1): linear to 4.2e-4 in 2000 steps and cosine to
   * 4.2e-5, then a rise to 1e-4 in 100 steps and a line to zero.
   *
   * @param stable steps of the cosine
   * @param cooldown steps of the last line
   */
  static LearningRate moonlight(long stable, long cooldown) {
    return new Phases(
        List.of(
            new Linear(0, 4.2e-4, 2000),
            new Cosine(4.2e-4, 4.2e-5, stable),
            new Linear(4.2e-5, 1e-4, 100),
            new Linear(1e-4, 0, cooldown)));
  }

  private static double share(long step, long steps) {
    return Math.min(Math.max(step, 0), steps) / (double) steps;
  }

  private static void check(long steps, double... rates) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "a learning rate needs at least 1 step, not " + steps + " steps");
    }
    for (double rate : rates) {
      if (!(rate >= 0 && rate <= 1e3)) {
        throw new IllegalArgumentException("learning rate " + rate + " is not within 0 and 1000");
      }
    }
  }
}
