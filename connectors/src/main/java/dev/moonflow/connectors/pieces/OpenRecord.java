package dev.moonflow.connectors.pieces;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.List;

/**
 * A record and how far it has been taken apart. Immutable.
 *
 * @param taken parts taken, whose values have left or are in {@code left}
 * @param count parts in all, 0 when not known yet
 * @param left values that were taken and have not left
 */
record OpenRecord<T>(RawRecord record, int taken, int count, List<T> left) {
  OpenRecord {
    left = List.copyOf(left);
    if (taken < 0 || count != 0 && taken > count) {
      throw new IllegalArgumentException(taken + " parts of " + count);
    }
  }

  /** A record that nothing was taken of. */
  static <T> OpenRecord<T> of(RawRecord record) {
    return new OpenRecord<>(record, 0, 0, List.of());
  }

  /** The same record one part further. */
  OpenRecord<T> with(PartsAhead.Part<T> part) {
    return new OpenRecord<>(record, part.taken(), part.count(), part.values());
  }

  /** The same record when the first of the values has left. */
  OpenRecord<T> withoutFirst() {
    return new OpenRecord<>(record, taken, count, left.subList(1, left.size()));
  }

  /** Whether every part was taken. */
  boolean allTaken() {
    return count != 0 && taken == count;
  }

  /** Whether everything has left. */
  boolean done() {
    return allTaken() && left.isEmpty();
  }
}
