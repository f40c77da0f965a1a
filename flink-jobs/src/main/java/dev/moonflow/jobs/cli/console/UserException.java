package dev.moonflow.jobs.cli.console;

/** Something that the user can put right; the message is one sentence that says what and how. */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence alone. */
  public UserException(String message) {
    super(message);
  }

  /** The sentence and what led to it. */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
