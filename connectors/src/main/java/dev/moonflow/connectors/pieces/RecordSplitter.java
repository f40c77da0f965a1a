package dev.moonflow.connectors.pieces;

import dev.moonflow.connectors.kafka.RawRecord;
import java.io.Serializable;
import java.util.List;

/**
 * Takes records apart. Used by one thread; what is wrong with a record is told in a value, and an
 * exception stops the job.
 *
 * @param <T> the values that parts are made of
 */
public interface RecordSplitter<T> extends AutoCloseable {

  /**
   * Opens a record.
   *
   * @param taken parts that were taken before, from 0
   * @param count parts in all as a splitter told them before, or 0 when the record is opened for
   *     the first time
   */
  Parts<T> open(RawRecord record, int taken, int count) throws InterruptedException;

  @Override
  void close();

  /** An open record. */
  interface Parts<T> extends AutoCloseable {
    /** Parts in all, at least 1; the same each time the record is opened. */
    int count();

    /** The values of the next part, in their order; may be empty. */
    List<T> next() throws InterruptedException;

    @Override
    void close();
  }

  /** Makes a splitter on the cluster. */
  interface Factory<T> extends Serializable {
    /** A splitter for the reader of a subtask. */
    RecordSplitter<T> create(int subtask);
  }
}
