package dev.moonflow.training.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Examples of random bytes, for tests of what carries examples. */
public final class SampleMaker {
  private SampleMaker() {}

  /** An example that is a function of its seed. */
  public static Sample make(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Part> parts = new ArrayList<>();
    List<Region> regions = new ArrayList<>();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      Role role = Role.values()[random.nextInt(Role.values().length)];
      if (random.nextBoolean()) {
        byte[] bytes = new byte[random.nextInt(1, 3000)];
        random.nextBytes(bytes);
        parts.add(new Part.Image(role, bytes, random.nextInt(1, 999), random.nextInt(1, 999)));
        regions.add(new Region(i, 1.5, random.nextDouble(), 30, 40.25, "knöpf 按钮 " + i));
      } else {
        parts.add(new Part.Text(role, "text é中 " + random.nextLong()));
      }
    }
    return new Sample(
        "sample-" + seed,
        Category.values()[random.nextInt(Category.values().length)],
        "a/b",
        "test",
        seed,
        parts,
        regions,
        random.nextBoolean() ? Optional.of("" + random.nextInt(100)) : Optional.empty(),
        Map.of("font", "x", "dpi", "300", "a", "b"));
  }

  /** Examples of the seeds from {@code first} on. */
  public static List<Sample> make(long first, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(make(first + i));
    }
    return samples;
  }
}
