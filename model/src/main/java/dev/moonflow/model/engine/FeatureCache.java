package dev.moonflow.model.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Image features by the content of their images, so that an image that comes again is not encoded
 * again. Features are the same bits whatever else was in their batch, so that a request cannot
 * tell.
 *
 * <p>Bounded in bytes, the longest unused leaving first. Belongs to one model, for all its engines;
 * thread-safe.
 */
public final class FeatureCache {
  private static final int ENTRY_BYTES = 128;

  private final Map<ImageKey, float[]> features = new LinkedHashMap<>(16, 0.75f, true);
  private long bytesMax;
  private long bytes;
  private long evictions;

  /** A cache of at most {@code bytesMax} bytes. */
  public FeatureCache(long bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("bytesMax must be at least 1: " + bytesMax);
    }
    this.bytesMax = bytesMax;
  }

  /** Lets the cache grow to {@code more} bytes; a smaller number changes nothing. */
  public synchronized void growTo(long more) {
    bytesMax = Math.max(bytesMax, more);
  }

  /** The features of an image, not to be written, or null. */
  synchronized float[] get(ImageKey key) {
    return features.get(key);
  }

  /** Keeps features, which nobody writes any more. */
  synchronized void put(ImageKey key, float[] values) {
    long size = bytesOf(values);
    if (size > bytesMax || features.putIfAbsent(key, values) != null) {
      return;
    }
    bytes += size;
    Iterator<float[]> eldest = features.values().iterator();
    while (bytes > bytesMax) {
      bytes -= bytesOf(eldest.next());
      eldest.remove();
      evictions++;
    }
  }

  private static long bytesOf(float[] values) {
    return 4L * values.length + ENTRY_BYTES;
  }

  /** Bytes in use. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Images that left to make room. */
  public synchronized long evictions() {
    return evictions;
  }
}
