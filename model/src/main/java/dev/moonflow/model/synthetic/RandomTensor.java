package dev.moonflow.model.synthetic;

import java.nio.charset.StandardCharsets;

/**
 * Random values of a tensor, a function of seed and name. Values are sums of four 16-bit integers,
 * near enough to a normal distribution, made with integer arithmetic so that every platform gives
 * the same bits.
 */
final class RandomTensor {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  // Four uniform integers of 16 bits: mean 4 * 32767.5, standard deviation sqrt(4 / 12) * 2^16.
  private static final int SUM_MEAN = 131_070;
  private static final float PER_DEVIATION = (float) (1 / (Math.sqrt(4.0 / 12.0) * 65_536));

  private RandomTensor() {}

  /** Values of a mean and a standard deviation. */
  static float[] values(long seed, String name, int count, float mean, float deviation) {
    float[] values = new float[count];
    fill(seed, name, 0, count, mean, deviation, values);
    return values;
  }

  /** The values {@code from} to {@code from + count} of a tensor, to the front of an array. */
  static void fill(
      long seed, String name, long from, int count, float mean, float deviation, float[] values) {
    long state = mix(seed);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      state = mix(state + GOLDEN_GAMMA + b);
    }
    float scale = PER_DEVIATION * deviation;
    for (int i = 0; i < count; i++) {
      long bits = mix(state + GOLDEN_GAMMA * (from + i + 1));
      long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
      values[i] = mean + (sum - SUM_MEAN) * scale;
    }
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
