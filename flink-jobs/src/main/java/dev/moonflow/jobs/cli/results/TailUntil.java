package dev.moonflow.jobs.cli.results;

import java.time.Duration;

/**
 * When a tail ends.
 *
 * @param follow whether to wait for results to come; otherwise it ends at what is there now
 * @param idle with {@code follow}, how long to wait for the next one; null waits for ever
 * @param recordsMax records shown at most; {@link Long#MAX_VALUE} for no limit
 */
public record TailUntil(boolean follow, Duration idle, long recordsMax) {

  /** What is there now. */
  public static TailUntil now() {
    return new TailUntil(false, null, Long.MAX_VALUE);
  }

  /** For ever. */
  public static TailUntil stopped() {
    return new TailUntil(true, null, Long.MAX_VALUE);
  }
}
