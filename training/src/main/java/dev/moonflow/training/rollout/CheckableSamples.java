package dev.moonflow.training.rollout;

import dev.moonflow.training.batch.Mixture;
import dev.moonflow.training.sample.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples whose answers can be checked, as prompts for a policy. */
public final class CheckableSamples {
  /** Samples looked at for each one that is wanted, before fewer are taken. */
  private static final int LOOKED_AT = 8;

  private CheckableSamples() {}

  /** The first ones of a mixture, each id once; fewer than wanted if it repeats itself. */
  public static List<Sample> first(Mixture mixture, int wanted) {
    Map<String, Sample> found = new LinkedHashMap<>();
    long[] taken = new long[mixture.entries().size()];
    for (long item = 0; found.size() < wanted && item < (long) LOOKED_AT * wanted; item++) {
      int source = mixture.choose(item, Map.of());
      Sample sample = mixture.entries().get(source).source().sample(taken[source]++);
      if (sample.answer().isPresent()) {
        found.putIfAbsent(sample.id(), sample);
      }
    }
    return List.copyOf(found.values());
  }
}
