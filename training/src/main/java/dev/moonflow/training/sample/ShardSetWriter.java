package dev.moonflow.training.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes examples in order into shards of a fixed number of examples, then the manifest. For one
 * thread; jobs write their shards side by side with {@link ShardWriter}.
 */
public final class ShardSetWriter implements AutoCloseable {
  private final Path folder;
  private final long seed;
  private final String recipe;
  private final int recordsPerShard;
  private final List<ShardInfo> finished = new ArrayList<>();
  private ShardWriter shard;

  /**
   * Begins a folder, which is made if it is not there.
   *
   * @param seed for the manifest
   * @param recipe for the manifest: a hash of what decides the content
   * @param recordsPerShard at least 1
   */
  public ShardSetWriter(Path folder, long seed, String recipe, int recordsPerShard)
      throws IOException {
    this.folder = folder;
    this.seed = seed;
    this.recipe = recipe;
    this.recordsPerShard = recordsPerShard;
    Files.createDirectories(folder);
  }

  /** Name of a shard: {@code shard-00007.avro}. */
  public static String shardName(long index) {
    return "shard-%05d.avro".formatted(index);
  }

  /** Appends an example. */
  public void write(Sample sample) throws IOException {
    if (shard == null) {
      shard = new ShardWriter(folder.resolve(shardName(finished.size())));
    }
    shard.write(sample);
    if (shard.records() >= recordsPerShard) {
      finished.add(shard.finish());
      shard = null;
    }
  }

  /** Ends the last shard and writes the manifest. */
  public Manifest finish() throws IOException {
    if (shard != null) {
      finished.add(shard.finish());
      shard = null;
    }
    Manifest manifest = Manifest.of(seed, recipe, finished);
    manifest.write(folder);
    return manifest;
  }

  @Override
  public void close() throws IOException {
    if (shard != null) {
      shard.close();
    }
  }
}
