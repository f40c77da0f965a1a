package dev.moonflow.jobs.results;

/** A result does not fit its topic; the message names the setting that limits it. */
public final class ResultTooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A result of {@code bytes} bytes. */
  public ResultTooLargeException(long bytes, long bytesMax) {
    super(
        "The result has " + bytes + " bytes; moonflow.limit.record-bytes allows " + bytesMax + ".");
  }
}
