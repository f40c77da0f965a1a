package dev.moonflow.training.batch;

import java.util.List;
import java.util.Map;

/**
 * Sources with weights, in groups. How much each group gets may change from step to step; within a
 * group the weights are fixed.
 *
 * @param seed of the choice of sources
 */
public record Mixture(long seed, List<Entry> entries) implements AutoCloseable {

  /** The group of a source that names none. */
  public static final String DEFAULT_GROUP = "main";

  /**
   * One source.
   *
   * @param name unique in the mixture
   * @param group such as {@code text}, {@code multimodal}, {@code long}
   * @param weight above 0, relative to the others of its group
   */
  public record Entry(String name, String group, double weight, SampleSource source) {
    public Entry {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("the weight of " + name + " must be above 0: " + weight);
      }
    }
  }

  public Mixture {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a mixture needs at least one source");
    }
  }

  /**
   * Which source gives an item: a function of seed, item and shares.
   *
   * @param shares of the groups, at least 0; a group that is not named has none. Empty: every group
   *     in proportion to the sum of its weights
   */
  public int choose(long item, Map<String, Double> shares) {
    double[] weights = new double[entries.size()];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight(entries.get(i), shares);
      total += weights[i];
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException(
          "no source of the mixture is in a group that has a share: " + shares);
    }
    double left = KeyedHash.uniform(seed, item) * total;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  private double weight(Entry entry, Map<String, Double> shares) {
    if (shares.isEmpty()) {
      return entry.weight();
    }
    double group =
        entries.stream()
            .filter(e -> e.group().equals(entry.group()))
            .mapToDouble(Entry::weight)
            .sum();
    return shares.getOrDefault(entry.group(), 0.0) * entry.weight() / group;
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.source().close());
  }
}
