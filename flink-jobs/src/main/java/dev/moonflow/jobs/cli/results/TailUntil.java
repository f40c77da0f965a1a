package dev.moonflow.jobs.cli.results;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a tail ends.
 *
 * @param follow whether to wait for results to come; otherwise it ends at what is there now
 * @param idle with {@code follow}, how long to wait for the next one; null waits for ever
 * @param recordsMax records shown at most; {@link Long#MAX_VALUE} for no limit
 * @param enough asked before each poll; the tail ends when it says so
 */
public record TailUntil(boolean follow, Duration idle, long recordsMax, BooleanSupplier enough) {

  /** A tail that only the other three end. */
  public TailUntil(boolean follow, Duration idle, long recordsMax) {
    this(follow, idle, recordsMax, () -> false);
  }

  /** The same, ending also when {@code other} says so. */
  public TailUntil until(BooleanSupplier other) {
    return new TailUntil(follow, idle, recordsMax, other);
  }

  /** What is there now. */
  public static TailUntil now() {
    return new TailUntil(false, null, Long.MAX_VALUE);
  }
}
