package dev.moonflow.training.batch;

import dev.moonflow.training.sample.Sample;
import java.util.function.LongFunction;

/**
 * A corpus of n examples as an endless sequence: epoch after epoch, each in an order of its own.
 */
public final class ShuffledSource implements SampleSource {
  private final long seed;
  private final long size;
  private final LongFunction<Sample> corpus;
  private long epoch = -1;
  private KeyedPermutation order;

  /**
   * A shuffled corpus.
   *
   * @param size n, at least 1
   * @param corpus the example at 0 to n - 1
   */
  public ShuffledSource(long seed, long size, LongFunction<Sample> corpus) {
    this.seed = seed;
    this.size = size;
    this.corpus = corpus;
  }

  @Override
  public Sample sample(long k) {
    if (k / size != epoch) {
      epoch = k / size;
      order = new KeyedPermutation(KeyedHash.bits(seed, epoch), size);
    }
    return corpus.apply(order.at(k % size));
  }
}
