package dev.moonflow.jobs.perceive;

/** A checkpoint's barrier in the inputs of tasks. */
final class SimBarrier {
  final long checkpoint;
  boolean aborted;

  SimBarrier(long checkpoint) {
    this.checkpoint = checkpoint;
  }
}
