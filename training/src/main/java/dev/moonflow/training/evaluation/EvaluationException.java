package dev.moonflow.training.evaluation;

/**
 * Something that an evaluation was given cannot be used; the message is one sentence that names it.
 */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the sentence. */
  public EvaluationException(String message) {
    super(message);
  }

  /** With the sentence and what lies behind it. */
  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }
}
