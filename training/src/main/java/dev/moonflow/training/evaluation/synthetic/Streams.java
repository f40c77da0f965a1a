package dev.moonflow.training.evaluation.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;

/**
 * Random numbers of an item's own. {@link SplittableRandom} steps its state by a constant, so
 * states that lie a few steps apart would give the same numbers shifted: every state is mixed
 * first.
 */
public final class Streams {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Streams() {}

  /** A stream for a name and an index, the same everywhere. */
  public static SplittableRandom of(long seed, String name, int index) {
    long state = mix(seed);
    for (byte b : name.getBytes(UTF_8)) {
      state = mix(state + GOLDEN_GAMMA + b);
    }
    return new SplittableRandom(mix(state + GOLDEN_GAMMA + index));
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
