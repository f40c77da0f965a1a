package dev.moonflow.training.trainer;

/**
 * Training cannot go on; the message is one sentence that names step, tensor, file or sample. What
 * was saved before stays usable.
 */
public final class TrainingStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one clear sentence. */
  public TrainingStoppedException(String message) {
    super(message);
  }

  /** With one clear sentence and what lies behind it. */
  public TrainingStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
