package dev.moonflow.training.evaluation.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap of Efron (1979) over items: they are drawn again with replacement, and
 * the middle 95 % of the recomputed scores are the interval. A function of items and seed.
 */
public final class Bootstrap {
  /** How often the items are drawn again. */
  public static final int RESAMPLES = 2000;

  private Bootstrap() {}

  /** The sum of parts over the sum of wholes; 0 where there is nothing. */
  public static double ratio(List<Portion> items) {
    double part = 0;
    double whole = 0;
    for (Portion item : items) {
      part += item.part();
      whole += item.whole();
    }
    return whole == 0 ? 0 : part / whole;
  }

  /** The interval of {@link #ratio}. */
  public static Interval of(List<Portion> items, long seed) {
    if (items.isEmpty()) {
      return new Interval(0, 1);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double part = 0;
      double whole = 0;
      for (int i = 0; i < items.size(); i++) {
        Portion drawn = items.get(random.nextInt(items.size()));
        part += drawn.part();
        whole += drawn.whole();
      }
      scores[r] = whole == 0 ? 0 : part / whole;
    }
    return middle(scores);
  }

  /**
   * The interval of {@code ratio(b) - ratio(a)} where both were measured on the same items: an item
   * is drawn with both of its measurements, so that what is hard for both cancels.
   */
  public static Interval ofDifference(List<Portion> a, List<Portion> b, long seed) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(a.size() + " items against " + b.size());
    }
    if (a.isEmpty()) {
      return new Interval(-1, 1);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double partA = 0;
      double wholeA = 0;
      double partB = 0;
      double wholeB = 0;
      for (int i = 0; i < a.size(); i++) {
        int drawn = random.nextInt(a.size());
        partA += a.get(drawn).part();
        wholeA += a.get(drawn).whole();
        partB += b.get(drawn).part();
        wholeB += b.get(drawn).whole();
      }
      differences[r] = (wholeB == 0 ? 0 : partB / wholeB) - (wholeA == 0 ? 0 : partA / wholeA);
    }
    return middle(differences);
  }

  private static Interval middle(double[] values) {
    Arrays.sort(values);
    int cut = (int) Math.floor(Interval.TAIL * values.length);
    return new Interval(values[cut], values[values.length - 1 - cut]);
  }
}
