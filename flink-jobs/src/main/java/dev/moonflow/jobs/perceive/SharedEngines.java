package dev.moonflow.jobs.perceive;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.model.engine.EngineLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The engines of this JVM that callers without state of their own share: one for each model and
 * budget, so that what all of them ask is one continuous batch. Whoever asks first starts an
 * engine, and the last to leave stops it. One that broke is forgotten: the next caller gets
 * another.
 */
public final class SharedEngines {
  private static final Map<Key, Entry> ENTRIES = new HashMap<>();

  private SharedEngines() {}

  private record Key(
      Path checkpoint, DeviceChoice device, Class<?> loader, EngineLimits limits, int threads) {}

  private static final class Entry {
    private int users;
    private SharedEngine engine;
  }

  /**
   * A share in the engine of these settings, which starts if nobody has it yet.
   *
   * @param settings name model, device and budgets; what else they say is not looked at
   * @throws IOException if the model cannot be loaded
   */
  public static EngineShare acquire(PerceiveSettings settings, ModelLoader loader)
      throws IOException {
    Key key =
        new Key(
            settings.checkpoint().toAbsolutePath().normalize(),
            settings.device(),
            loader.getClass(),
            settings.engine(),
            settings.prepareThreads());
    Entry entry;
    synchronized (ENTRIES) {
      entry = ENTRIES.computeIfAbsent(key, k -> new Entry());
      entry.users++;
    }
    try {
      synchronized (entry) {
        if (entry.engine == null) {
          entry.engine = start(settings, loader, () -> forget(key, entry));
        }
      }
      return new EngineShare(entry.engine, () -> release(key, entry));
    } catch (IOException | RuntimeException | Error e) {
      release(key, entry);
      throw e;
    }
  }

  private static SharedEngine start(PerceiveSettings settings, ModelLoader loader, Runnable broken)
      throws IOException {
    if (settings.mathThreads() > 0) {
      WorkerPool.setThreads(settings.mathThreads());
    }
    SharedModels.Lease lease =
        SharedModels.acquire(settings.checkpoint(), settings.device(), loader);
    return new SharedEngine(lease, settings, broken);
  }

  /** Engines at work now. */
  static int count() {
    synchronized (ENTRIES) {
      return ENTRIES.size();
    }
  }

  private static void forget(Key key, Entry entry) {
    synchronized (ENTRIES) {
      ENTRIES.remove(key, entry);
    }
  }

  private static void release(Key key, Entry entry) {
    synchronized (ENTRIES) {
      entry.users--;
      if (entry.users > 0) {
        return;
      }
      ENTRIES.remove(key, entry);
    }
    if (entry.engine != null) {
      entry.engine.close();
    }
  }
}
