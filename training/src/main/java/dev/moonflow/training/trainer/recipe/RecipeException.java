package dev.moonflow.training.trainer.recipe;

/** A recipe that cannot work; the message is one sentence that names file, line and key. */
public final class RecipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one clear sentence. */
  public RecipeException(String message) {
    super(message);
  }

  /** With one clear sentence and what lies behind it. */
  public RecipeException(String message, Throwable cause) {
    super(message, cause);
  }
}
