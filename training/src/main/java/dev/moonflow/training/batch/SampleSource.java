package dev.moonflow.training.batch;

import dev.moonflow.training.sample.Sample;

/**
 * An endless sequence of examples: the k-th one is a function of k alone, so that a position in it
 * is a number. Used by one thread at a time.
 */
public interface SampleSource extends AutoCloseable {

  /**
   * The k-th example.
   *
   * @param k from 0, without end
   * @throws dev.moonflow.training.sample.SampleException naming file and offset if it cannot be
   *     read
   */
  Sample sample(long k);

  @Override
  default void close() {}
}
