package dev.moonflow.training.batch;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers as a function of a key and a counter, without state: the finalizer of SplitMix64
 * over both. What is drawn for item n does not depend on what was drawn before it, so a run can
 * begin anywhere.
 */
public final class KeyedHash {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private KeyedHash() {}

  /** 64 bits for a key and a counter. */
  public static long bits(long key, long counter) {
    return mix(mix(key + GOLDEN_GAMMA) + GOLDEN_GAMMA * (counter + 1));
  }

  /** A number in [0, 1) with 53 random bits. */
  public static double uniform(long key, long counter) {
    return (bits(key, counter) >>> 11) * 0x1p-53;
  }

  /** A key of its own for a purpose within a run, equal on every machine. */
  public static long derive(long key, String purpose) {
    long derived = mix(key + GOLDEN_GAMMA);
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      derived = mix(derived + GOLDEN_GAMMA + b);
    }
    return derived;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
