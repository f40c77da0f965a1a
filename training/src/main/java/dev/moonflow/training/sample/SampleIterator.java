package dev.moonflow.training.sample;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/** Examples one by one, by their index. */
final class SampleIterator implements Iterator<Sample> {
  private final String place;
  private final long size;
  private final LongFunction<Sample> examples;
  private long next;

  /**
   * From an index on.
   *
   * @param place what holds them, for the message: {@code the shard}
   */
  SampleIterator(String place, long index, long size, LongFunction<Sample> examples) {
    this.place = place;
    this.next = index;
    this.size = size;
    this.examples = examples;
  }

  @Override
  public boolean hasNext() {
    return next < size;
  }

  @Override
  public Sample next() {
    if (!hasNext()) {
      throw new NoSuchElementException(place + " has " + size + " examples");
    }
    return examples.apply(next++);
  }
}
