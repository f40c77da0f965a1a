package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.model.engine.Progress.Phase;
import java.util.List;

/** A request between its arrival and the leaving of its result. Belongs to the task's thread. */
final class InFlight {
  private final long arrival;
  private final long sequence;
  private final QueuedRequest queued;
  private final int[] resumeTokens;
  private final float[] resumeLogProbabilities;
  private final List<float[]> features; // known before a restart
  private final long arrivedNanos = System.nanoTime();
  private int storedTokens;
  private Phase storedPhase;
  private boolean featuresStored;
  private boolean begun;
  private Outcome outcome;

  /**
   * A request that has just arrived or was restored.
   *
   * @param arrival its number among all requests of the subtask
   * @param sequence its number among the requests of its key
   * @param before what was generated before a restart
   * @param features of all its images, as they were in state, or none
   */
  InFlight(
      long arrival,
      long sequence,
      QueuedRequest queued,
      StoredProgress before,
      List<float[]> features) {
    this.arrival = arrival;
    this.sequence = sequence;
    this.queued = queued;
    resumeTokens = before.tokens();
    resumeLogProbabilities = before.logProbabilities();
    storedTokens = resumeTokens.length;
    storedPhase = before.phase();
    this.features = features;
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

  /** Whether it was handed to the engine, or needs none. */
  boolean begun() {
    return begun;
  }

  void begin() {
    begun = true;
  }

  boolean done() {
    return outcome != null;
  }

  void end(Outcome how) {
    outcome = how;
  }

  /** Features of all its images that an earlier run computed, or none. */
  List<float[]> features() {
    return features;
  }

  /** Whether state holds features of it. */
  boolean featuresStored() {
    return featuresStored;
  }

  /** State holds features of it from now on. */
  void storesFeatures() {
    featuresStored = true;
  }

  /** What was to happen next to it when state was last written. */
  Phase storedPhase() {
    return storedPhase;
  }

  /** Whether state is behind {@code reached}; remembers that it no longer is. */
  boolean outgrowsState(StoredProgress reached) {
    boolean grown =
        reached.tokens().length > storedTokens || reached.phase().compareTo(storedPhase) > 0;
    if (grown) {
      storedTokens = reached.tokens().length;
      storedPhase = reached.phase();
    }
    return grown;
  }
}
