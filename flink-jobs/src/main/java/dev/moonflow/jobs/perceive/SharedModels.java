package dev.moonflow.jobs.perceive;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.engine.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The models of this JVM: loaded once per checkpoint and device, shared by every subtask, freed
 * with the last of them. Subtasks that ask while a model loads wait for it; a load that fails is
 * tried again by the next one.
 */
public final class SharedModels {
  private static final Map<Key, Entry> ENTRIES = new HashMap<>();

  private SharedModels() {}

  private record Key(Path checkpoint, DeviceChoice device, Class<?> loader) {}

  private static final class Entry {
    private int users;
    private LoadedModel model;
    private double loadSeconds;
    private FeatureCache features;
  }

  /** A share in a model; closing it twice is harmless. */
  public static final class Lease implements AutoCloseable {
    private final Key key;
    private final Entry entry;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(Key key, Entry entry) {
      this.key = key;
      this.entry = entry;
    }

    /** The model itself. */
    public LoadedModel model() {
      return entry.model;
    }

    /**
     * The image features that all who share the model share, the largest wish for room counting.
     */
    public FeatureCache features(long bytesMax) {
      synchronized (entry) {
        if (entry.features == null) {
          entry.features = new FeatureCache(bytesMax);
        }
        entry.features.growTo(bytesMax);
        return entry.features;
      }
    }

    /** How long loading took. */
    public double loadSeconds() {
      return entry.loadSeconds;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release(key, entry);
      }
    }
  }

  /**
   * A share in the model of a checkpoint, loaded if nobody has it yet.
   *
   * @throws IOException if it cannot be loaded
   */
  public static Lease acquire(Path checkpoint, DeviceChoice device, ModelLoader loader)
      throws IOException {
    Key key = new Key(checkpoint.toAbsolutePath().normalize(), device, loader.getClass());
    Entry entry;
    synchronized (ENTRIES) {
      entry = ENTRIES.computeIfAbsent(key, k -> new Entry());
      entry.users++;
    }
    try {
      synchronized (entry) {
        if (entry.model == null) {
          long begin = System.nanoTime();
          entry.model = loader.load(key.checkpoint(), device);
          entry.loadSeconds = (System.nanoTime() - begin) / 1e9;
        }
      }
      return new Lease(key, entry);
    } catch (IOException | RuntimeException | Error e) {
      release(key, entry);
      throw e;
    }
  }

  /** Models in memory now. */
  static int count() {
    synchronized (ENTRIES) {
      return ENTRIES.size();
    }
  }

  private static void release(Key key, Entry entry) {
    synchronized (ENTRIES) {
      entry.users--;
      if (entry.users > 0) {
        return;
      }
      ENTRIES.remove(key);
    }
    if (entry.model != null) {
      entry.model.close();
    }
  }
}
