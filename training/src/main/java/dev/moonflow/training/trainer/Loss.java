package dev.moonflow.training.trainer;

import dev.moonflow.training.network.ExpertLoad;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * What an objective says of one micro-batch.
 *
 * @param sum scalar with gradient: a sum, not a mean. The loop divides the gradients of a step by
 *     the step's whole weight, so that neither the number of micro-batches nor that of ranks
 *     changes them
 * @param weight what the sum is to be divided by, above 0; usually the number of learnt tokens
 * @param tokens that went through the model
 * @param load choices of experts, where the language model took part
 * @param metrics sums over the micro-batch, divided by the step's weight when they are shown
 */
public record Loss(
    Tensor sum,
    double weight,
    long tokens,
    Optional<ExpertLoad> load,
    Map<String, Double> metrics) {
  public Loss {
    // Sorted: the order of Map.of differs from process to process, and ranks and resumed runs must
    // agree on it.
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }
}
