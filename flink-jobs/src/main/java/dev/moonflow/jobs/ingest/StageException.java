package dev.moonflow.jobs.ingest;

/** A failure of one event, and the stage at which it happened. */
public final class StageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /** A failure at {@code stage} for the reason that {@code cause} tells. */
  public StageException(Stage stage, Throwable cause) {
    super(stage.label(), cause);
    this.stage = stage;
  }

  /** Where it happened. */
  public Stage stage() {
    return stage;
  }
}
