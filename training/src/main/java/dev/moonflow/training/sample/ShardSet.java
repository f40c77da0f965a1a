package dev.moonflow.training.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder of shards as one list of examples that can be read from any index on. Keeps the shards
 * that were read last open; not thread-safe, so that each reading thread opens its own.
 */
public final class ShardSet implements Iterable<Sample>, AutoCloseable {
  private static final int OPEN_MAX = 16;

  private final Path folder;
  private final Manifest manifest;
  private final long[] starts;
  private int lastShard;

  /** Readers by shard, the one unused for longest first. */
  private final Map<Integer, ShardReader> open = new LinkedHashMap<>(OPEN_MAX, 0.75f, true);

  private ShardSet(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
    this.starts = new long[manifest.shards().size() + 1];
    for (int i = 0; i < manifest.shards().size(); i++) {
      starts[i + 1] = starts[i] + manifest.shards().get(i).records();
    }
  }

  /**
   * Opens a folder; every shard must be there in the size that the manifest says.
   *
   * @throws SampleException naming the folder or the shard
   */
  public static ShardSet open(Path folder) {
    Manifest manifest = Manifest.read(folder);
    for (ShardInfo shard : manifest.shards()) {
      Path file = folder.resolve(shard.file());
      long bytes;
      try {
        bytes = Files.size(file);
      } catch (IOException e) {
        throw new SampleException("shard " + file + " is in the manifest, but not there", e);
      }
      if (bytes != shard.bytes()) {
        throw new SampleException(
            "shard %s is %s: it has %d bytes and the manifest says %d"
                .formatted(
                    file, bytes < shard.bytes() ? "cut short" : "too long", bytes, shard.bytes()));
      }
    }
    return new ShardSet(folder, manifest);
  }

  /**
   * Checks every shard against its SHA-256.
   *
   * @throws SampleException naming the first one that differs
   */
  public void verify() throws IOException {
    for (ShardInfo shard : manifest.shards()) {
      Path file = folder.resolve(shard.file());
      if (!Digests.hex(file).equals(shard.sha256())) {
        throw new SampleException(
            "shard " + file + " is damaged: its SHA-256 is not that of the manifest");
      }
    }
  }

  /** What the folder holds. */
  public Manifest manifest() {
    return manifest;
  }

  /** Examples in all shards. */
  public long size() {
    return starts[starts.length - 1];
  }

  /**
   * One example; cheap in ascending order.
   *
   * @param index from 0, over all shards
   */
  public Sample get(long index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("example " + index + " of " + size() + " in " + folder);
    }
    if (index < starts[lastShard] || index >= starts[lastShard + 1]) {
      int found = Arrays.binarySearch(starts, index);
      lastShard = found >= 0 ? found : -found - 2;
      while (starts[lastShard + 1] == index) {
        lastShard++; // empty shards
      }
    }
    return reader(lastShard).get(index - starts[lastShard]);
  }

  private ShardReader reader(int shard) {
    ShardReader reader = open.get(shard);
    if (reader == null) {
      if (open.size() >= OPEN_MAX) {
        open.remove(open.keySet().iterator().next()).close();
      }
      Path file = folder.resolve(manifest.shards().get(shard).file());
      reader = new ShardReader(file);
      open.put(shard, reader);
      if (reader.size() != manifest.shards().get(shard).records()) {
        throw new SampleException(
            "shard %s has %d examples and the manifest says %d"
                .formatted(file, reader.size(), manifest.shards().get(shard).records()));
      }
    }
    return reader;
  }

  @Override
  public Iterator<Sample> iterator() {
    return from(0);
  }

  /** The examples from an index on, in order. */
  public Iterator<Sample> from(long index) {
    return new SampleIterator("the folder", index, size(), this::get);
  }

  @Override
  public void close() {
    open.values().forEach(ShardReader::close);
    open.clear();
  }
}
