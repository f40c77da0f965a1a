package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;

/** A request between its arrival and the leaving of its result. Belongs to the task's thread. */
final class InFlight {
  private final long arrival;
  private final long sequence;
  private final QueuedRequest queued;
  private final int[] resumeTokens;
  private final float[] resumeLogProbabilities;
  private final long arrivedNanos = System.nanoTime();
  private int storedTokens;
  private Outcome outcome;

  /**
   * A request that has just arrived or was restored.
   *
   * @param arrival its number among all requests of the subtask
   * @param sequence its number among the requests of its key
   * @param before what was generated before a restart
   */
  InFlight(long arrival, long sequence, QueuedRequest queued, StoredProgress before) {
    this.arrival = arrival;
    this.sequence = sequence;
    this.queued = queued;
    resumeTokens = before.tokens();
    resumeLogProbabilities = before.logProbabilities();
    storedTokens = resumeTokens.length;
  }

  /** The engine's name for it. */
  String id() {
    return Long.toString(arrival);
  }

  long arrival() {
    return arrival;
  }

  long sequence() {
    return sequence;
  }

  QueuedRequest queued() {
    return queued;
  }

  PerceptionRequest request() {
    return queued.request();
  }

  String key() {
    return request().key();
  }

  int[] resumeTokens() {
    return resumeTokens;
  }

  float[] resumeLogProbabilities() {
    return resumeLogProbabilities;
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  Outcome outcome() {
    return outcome;
  }

  boolean done() {
    return outcome != null;
  }

  void end(Outcome how) {
    outcome = how;
  }

  /** Whether state lacks some of {@code tokens} tokens; remembers that it no longer does. */
  boolean outgrowsState(int tokens) {
    boolean grown = tokens > storedTokens;
    storedTokens = Math.max(storedTokens, tokens);
    return grown;
  }
}
