package dev.moonflow.jobs.documents;

import dev.moonflow.jobs.perceive.Confidence;

/**
 * What became of one line.
 *
 * @param text what was read, or null when it failed
 * @param confidence of its tokens; unknown when it failed
 */
public record LineReading(String text, Confidence confidence) {
  static final LineReading FAILED = new LineReading(null, Confidence.UNKNOWN);

  /** Whether it went to the dead letters. */
  public boolean failed() {
    return text == null;
  }
}
