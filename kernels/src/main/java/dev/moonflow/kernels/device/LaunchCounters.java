package dev.moonflow.kernels.device;

import java.util.concurrent.atomic.LongAdder;

/** How often kernels were launched and how long launches took, transfers included. */
public final class LaunchCounters {
  private final LongAdder launches = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Launches so far. */
  public long launches() {
    return launches.sum();
  }

  /** Time in launches so far, in nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }

  void add(long launchNanos) {
    launches.increment();
    nanos.add(launchNanos);
  }
}
