package dev.moonflow.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;

/**
 * What a stage minimises. It holds the model that it is about.
 *
 * @param <B> what one forward pass takes; made by the stage's source
 */
public interface Objective<B> extends AutoCloseable {

  /**
   * The loss of a micro-batch; the loop takes its gradients through the tape. Deterministic.
   *
   * @param step from 1
   */
  Loss loss(B batch, Tape tape, long step);

  /** A micro-batch in words that lead to its samples, for messages. */
  String describe(B batch);

  /**
   * Parameters that the objective needs beside the model's, such as a text encoder. They are
   * trained, saved and restored with the model's and are no part of its folder. The same ones
   * whenever asked.
   */
  default Parameters extra() {
    return new Parameters();
  }

  /** Called before each step, before its batches are made: the place to take a new reference. */
  default void beforeStep(long step) {}

  /** Whether the optimizer forgets its state before this step. */
  default boolean forgetsBefore(long step) {
    return false;
  }

  /** What must be kept to go on after the step that was made last, beside all parameters. */
  default JsonNode state() {
    return NullNode.getInstance();
  }

  /** Goes on where {@link #state} was taken. */
  default void restore(JsonNode state) {}

  @Override
  default void close() {}
}
