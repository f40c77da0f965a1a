package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.StableOrder;
import dev.moonflow.training.sample.ShardSetWriter;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which shard an example belongs to: the orders of all ids are cut into equal ranges, so the shards
 * one after another are the whole corpus in order.
 */
record ShardPlace(String folder, long seed, int shards) implements Serializable {
  int of(String id) {
    // The upper half of the 128-bit product of unsigned order and count.
    long order = StableOrder.key(id, seed);
    return (int) (Math.multiplyHigh(order, (long) shards) + (order < 0 ? shards : 0));
  }

  Path file(int shard) {
    return Path.of(folder).resolve(ShardSetWriter.shardName(shard));
  }

  boolean isFinished(int shard) {
    return Files.exists(file(shard));
  }
}
