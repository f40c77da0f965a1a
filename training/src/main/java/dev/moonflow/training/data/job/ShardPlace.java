package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.StableOrder;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Which shard an example belongs to: the orders of all ids are cut into equal ranges, so the shards
 * one after another are the whole corpus in order.
 */
record ShardPlace(OutputFolder folder, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  int of(String id) {
    int shards = folder.shards();
    // The upper half of the 128-bit product of unsigned order and count.
    long order = StableOrder.key(id, seed);
    return (int) (Math.multiplyHigh(order, (long) shards) + (order < 0 ? shards : 0));
  }

  Path file(int shard) {
    return folder.file(shard);
  }

  boolean isFinished(int shard) {
    return folder.isFinished(shard);
  }
}
