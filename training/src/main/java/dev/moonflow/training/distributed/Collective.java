package dev.moonflow.training.distributed;

import java.util.Locale;

/** Operations in which all ranks take part. */
public enum Collective {
  /** Everybody gets the sum of everybody's values. */
  ALL_REDUCE,
  /** Everybody gets its own shard of the sum. */
  REDUCE_SCATTER,
  /** Everybody gets everybody's shard. */
  ALL_GATHER,
  /** Everybody gets the root's values. */
  BROADCAST,
  /** Everybody sends a part of its own to each other rank. */
  ALL_TO_ALL,
  /** Everybody waits for everybody. */
  BARRIER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
