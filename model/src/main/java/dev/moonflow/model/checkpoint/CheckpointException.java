package dev.moonflow.model.checkpoint;

import dev.moonflow.model.OneLine;

/** A checkpoint that cannot be used; the message is one sentence naming the file and the fault. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence alone. */
  public CheckpointException(String message) {
    super(OneLine.of(message));
  }

  /** The sentence and what led to it. */
  public CheckpointException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
