package dev.moonflow.jobs.ingest;

/** What was wrong with a video file, in one sentence that names it. */
public final class VideoFlawException extends Exception {
  private static final long serialVersionUID = 1L;

  VideoFlawException(String what) {
    super(what);
  }
}
