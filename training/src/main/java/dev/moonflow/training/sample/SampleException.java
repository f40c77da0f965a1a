package dev.moonflow.training.sample;

/** A shard or an example that cannot be used; the message names file, offset or field. */
public final class SampleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one clear sentence. */
  public SampleException(String message) {
    super(message);
  }

  /** With one clear sentence and what lies behind it. */
  public SampleException(String message, Throwable cause) {
    super(message, cause);
  }
}
