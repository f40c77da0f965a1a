package dev.moonflow.model.engine;

/**
 * A request that can never be computed; the message is one sentence that names the field and the
 * limit.
 */
public final class RequestRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The sentence. */
  public RequestRejectedException(String message) {
    super(message);
  }
}
