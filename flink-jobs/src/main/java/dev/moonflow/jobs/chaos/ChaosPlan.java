package dev.moonflow.jobs.chaos;

import java.time.Duration;

/**
 * What a run does.
 *
 * @param seed of events and faults; at least 0
 * @param kills processes to kill
 * @param events to publish
 * @param taskManagers processes that compute, one slot each
 * @param checkpoints time between two
 * @param silenceMax how long nothing may come out before the run is given up
 */
public record ChaosPlan(
    long seed, int kills, int events, int taskManagers, Duration checkpoints, Duration silenceMax) {
  /** A run with two TaskManagers and a checkpoint every second. */
  public static ChaosPlan of(long seed, int kills, int events) {
    return new ChaosPlan(seed, kills, events, 2, Duration.ofSeconds(1), Duration.ofMinutes(8));
  }
}
