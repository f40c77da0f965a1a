package dev.moonflow.jobs.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The inputs of one run, by number. */
final class Corpus {
  private static final int KEPT_MAX = 400;
  private static final int STEPS_MAX = 6;

  private final FuzzTarget target;
  private final long seed;
  private final List<byte[]> inputs;

  Corpus(FuzzTarget target, long seed) {
    this.target = target;
    byte[] name = target.name().getBytes(StandardCharsets.UTF_8);
    this.seed = seed * 0x9E3779B97F4A7C15L + java.util.Arrays.hashCode(name);
    this.inputs = new ArrayList<>(target.seeds());
  }

  /** An input to mutate from now on. */
  void add(byte[] input) {
    if (inputs.size() < KEPT_MAX) {
      inputs.add(input);
    }
  }

  /** The input of this number: one that is known, changed a few times. */
  byte[] input(long number) {
    SplittableRandom random = new SplittableRandom(seed ^ (number * 0xD1342543DE82EF95L));
    // Good ones half of the time: what was refused is often refused again for the same reason.
    boolean good = random.nextBoolean();
    byte[] bytes = pick(good ? target.seeds() : inputs, random);
    Mutator mutator = new Mutator(random, target.words(), pick(inputs, random));
    int steps = 1 + random.nextInt(random.nextInt(STEPS_MAX) + 1);
    for (int step = 0; step < steps; step++) {
      bytes =
          target.text() && random.nextInt(3) > 0
              ? TextMutator.change(bytes, random, target.words())
              : mutator.change(bytes);
    }
    return random.nextInt(4) == 0 ? bytes : target.mend().apply(bytes);
  }

  private static byte[] pick(List<byte[]> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
