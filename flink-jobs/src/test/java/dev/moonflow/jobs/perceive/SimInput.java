package dev.moonflow.jobs.perceive;

import java.util.ArrayDeque;
import java.util.Deque;

/** What lies between one source and one task: records, watermarks, barriers, and the end. */
final class SimInput {
  /** The end of the source. */
  static final Object END = new Object();

  final Deque<Object> queue = new ArrayDeque<>();
  long watermark = Long.MIN_VALUE;
  SimBarrier barrier;
  boolean ended;

  /** Whether its task may take from it. */
  boolean open() {
    return !queue.isEmpty() && (barrier == null || barrier.aborted);
  }
}
