package dev.moonflow.training.evaluation.statistics;

/** The score interval of Wilson (1927) for a proportion; sound for few items and near 0 and 1. */
public final class Wilson {
  /** The 0.975 quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /** The interval of {@code hits} of {@code items}; everything when there are no items. */
  public static Interval of(double hits, int items) {
    if (items == 0) {
      return new Interval(0, 1);
    }
    double p = hits / items;
    double z2 = Z * Z;
    double centre = (p + z2 / (2 * items)) / (1 + z2 / items);
    double half =
        Z / (1 + z2 / items) * Math.sqrt(p * (1 - p) / items + z2 / (4.0 * items * items));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
