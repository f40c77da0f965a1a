package dev.moonflow.jobs.perceive;

/** A question that cannot be answered, through a fault of its own; the message says which. */
public final class QuestionFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** For this reason, one sentence. */
  public QuestionFailedException(String message) {
    super(message);
  }

  /** For this reason, one sentence, behind which is another. */
  public QuestionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
