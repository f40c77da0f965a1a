package dev.moonflow.training.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Where the batches of a stage come from, step by step. Given the same beginning or the same
 * restored state it gives the same batches. Used by one thread.
 *
 * @param <B> what one forward pass takes
 */
public interface StepSource<B> extends AutoCloseable {

  /**
   * The micro-batches of the next step that are this rank's; over all ranks they are disjoint and
   * together the same for any number of ranks.
   *
   * @param step from 1, one more than before
   */
  List<B> next(long step);

  /** Everything that must be kept to go on after the step that was given last. */
  JsonNode state();

  /**
   * Goes on where {@link #state} was taken.
   *
   * @throws IllegalArgumentException if the state is of another source
   */
  void restore(JsonNode state);

  /** Examples left out or changed since the beginning, by reason; empty if it has no such. */
  default Map<String, Long> refusals() {
    return Map.of();
  }

  @Override
  default void close() {}
}
