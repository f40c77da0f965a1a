package dev.moonflow.jobs.ingest;

/** A failure of one event, and the stage at which it happened. */
final class StageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  StageException(Stage stage, Throwable cause) {
    super(stage.label(), cause);
    this.stage = stage;
  }

  Stage stage() {
    return stage;
  }
}
