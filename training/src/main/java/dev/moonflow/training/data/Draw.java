package dev.moonflow.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The random choices of one example. Not thread-safe; equal keys give equal choices. */
public final class Draw {
  private final SplittableRandom random;
  private final long key;

  private Draw(long key) {
    this.key = key;
    this.random = new SplittableRandom(key);
  }

  /** The choices of the example with this index of a run. */
  public static Draw of(String purpose, long seed, long index) {
    return new Draw(key(purpose, seed, index));
  }

  /** Choices that depend on these and on a name, and leave these as they are. */
  public Draw fork(String purpose) {
    return of(purpose, key, 0);
  }

  /** A number that stands for purpose, seed and index: well mixed, the same everywhere. */
  public static long key(String purpose, long seed, long index) {
    long hash = mix(seed + 0x9E3779B97F4A7C15L);
    hash = mix(hash ^ (index + 0xD1B54A32D192ED03L));
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash + purpose.charAt(i) * 0x9E3779B97F4A7C15L);
    }
    return hash;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both possible. */
  public int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** From {@code low} to {@code high}, both possible. */
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  /** In [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Any 64 bits. */
  public long bits() {
    return random.nextLong();
  }

  /** Normal, mean 0, deviation 1. */
  public double gaussian() {
    // Box-Muller; SplittableRandom's own way may change between Java versions.
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** One of them. */
  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of them. */
  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** An index, each as probable as its weight among all. */
  public int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double at = random.nextDouble() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** Another order of them. */
  public <T> List<T> shuffled(List<T> items) {
    List<T> copy = new ArrayList<>(items);
    for (int i = copy.size() - 1; i > 0; i--) {
      Collections.swap(copy, i, random.nextInt(i + 1));
    }
    return copy;
  }

  /** So many different ones of them, in random order. */
  public <T> List<T> distinct(List<T> items, int count) {
    if (count * 4 >= items.size()) {
      return new ArrayList<>(shuffled(items).subList(0, count));
    }
    List<T> chosen = new ArrayList<>(count);
    while (chosen.size() < count) {
      T item = pick(items);
      if (!chosen.contains(item)) {
        chosen.add(item);
      }
    }
    return chosen;
  }
}
