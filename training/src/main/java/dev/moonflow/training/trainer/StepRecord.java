package dev.moonflow.training.trainer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is logged of one step, over all ranks.
 *
 * @param step from 1
 * @param loss mean over the step's weight
 * @param learningRate of the update
 * @param gradientNorm before clipping
 * @param tokens that went through the model
 * @param seconds from the step's beginning to its end, on rank 0's clock
 * @param loadViolation (max - mean) / mean of the experts' load, the worst layer; 0 without experts
 * @param metrics the objective's, in a fixed order
 */
public record StepRecord(
    long step,
    double loss,
    double learningRate,
    double gradientNorm,
    long tokens,
    double seconds,
    double loadViolation,
    Map<String, Double> metrics) {
  public StepRecord {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** Tokens per second. */
  public double tokensPerSecond() {
    return seconds > 0 ? tokens / seconds : 0;
  }
}
