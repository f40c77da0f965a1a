package dev.moonflow.training.evaluation.item;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/** The entries of a data set in its own order, the same each time. Used by one thread. */
public interface ItemSource extends Iterator<Entry>, AutoCloseable {
  /** How many there are, where that is known beforehand. */
  OptionalInt count();

  /** What was left out for good reason, for the report; known at the end. */
  default List<String> notes() {
    return List.of();
  }

  @Override
  default void close() {}

  /** Entries that are at hand. */
  static ItemSource of(List<? extends Entry> entries) {
    Iterator<? extends Entry> iterator = entries.iterator();
    return new ItemSource() {
      @Override
      public OptionalInt count() {
        return OptionalInt.of(entries.size());
      }

      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public Entry next() {
        return iterator.next();
      }
    };
  }
}
