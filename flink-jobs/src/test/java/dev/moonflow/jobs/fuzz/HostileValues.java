package dev.moonflow.jobs.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Good values, changed as the fuzzer changes them. */
public final class HostileValues {
  private HostileValues() {}

  /** One to four changes. */
  public static byte[] mutated(byte[] good, SplittableRandom random) {
    Mutator mutator = new Mutator(random, List.of(), good);
    byte[] bytes = good;
    for (int step = 1 + random.nextInt(4); step > 0; step--) {
      bytes = mutator.change(bytes);
    }
    return bytes;
  }
}
