package dev.moonflow.training.evaluation.loader;

/** One row cannot be read; the next one can. The message is a sentence. */
final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;

  RowException(String place, String message, Throwable cause) {
    super(message, cause);
    this.place = place;
  }

  String place() {
    return place;
  }
}
