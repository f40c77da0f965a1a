package dev.moonflow.connectors.kafka;

/** Where a source begins when there is no checkpoint to begin from. */
public enum StartingPoint {
  /** At the group's committed offsets; at the earliest record of a partition that has none. */
  COMMITTED,
  /** At the earliest record that the broker still has. */
  EARLIEST,
  /** Behind the last record that exists when the job starts. */
  LATEST
}
