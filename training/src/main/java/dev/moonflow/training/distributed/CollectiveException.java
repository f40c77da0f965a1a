package dev.moonflow.training.distributed;

/** A collective that did not come about; the message names rank, collective and what happened. */
public final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CollectiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
