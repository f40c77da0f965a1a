package dev.moonflow.model.constraint;

import dev.moonflow.model.OneLine;

/** A constraint that cannot be used; the message is one sentence that says where and why. */
public final class ConstraintException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The sentence. */
  public ConstraintException(String message) {
    super(OneLine.of(message));
  }
}
