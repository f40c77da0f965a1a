package dev.moonflow.jobs.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times from a fault to the first committed result that was written after it. Several faults may
 * wait for the same result. Thread-safe; times are the wall clock's, in milliseconds.
 */
final class RecoveryClock {
  private final List<Wait> waits = new ArrayList<>();

  /** A fault that was struck, and what became of it. */
  static final class Wait {
    private final Fault fault;
    private final long struck;
    private long recovered = -1;

    private Wait(Fault fault, long struck) {
      this.fault = fault;
      this.struck = struck;
    }
  }

  /** A fault strikes now. */
  synchronized Wait struck(Fault fault, long nowMillis) {
    Wait wait = new Wait(fault, nowMillis);
    waits.add(wait);
    return wait;
  }

  /** A committed result is read now. */
  synchronized void result(long writtenMillis, long nowMillis) {
    for (Wait wait : waits) {
      if (wait.recovered < 0 && writtenMillis > wait.struck) {
        wait.recovered = nowMillis;
      }
    }
  }

  /** Whether a result has come since. */
  synchronized boolean recovered(Wait wait) {
    return wait.recovered >= 0;
  }

  /** Milliseconds that it took; -1 when it has not yet. */
  synchronized long millis(Wait wait) {
    return wait.recovered < 0 ? -1 : wait.recovered - wait.struck;
  }

  /** Milliseconds of every recovery from one action on one sort of target, ascending. */
  synchronized long[] millis(Fault.Action action, Target target) {
    return waits.stream()
        .filter(wait -> wait.recovered >= 0)
        .filter(wait -> wait.fault.action() == action)
        .filter(wait -> target == null || wait.fault.target() == target)
        .mapToLong(wait -> wait.recovered - wait.struck)
        .sorted()
        .toArray();
  }

  /** The middle of some times in ascending order. */
  static long median(long[] ascending) {
    return ascending[(ascending.length - 1) / 2];
  }

  /** The largest. */
  static long max(long[] times) {
    return Arrays.stream(times).max().orElse(-1);
  }
}
