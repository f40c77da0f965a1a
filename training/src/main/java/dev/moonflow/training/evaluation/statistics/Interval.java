package dev.moonflow.training.evaluation.statistics;

/**
 * A 95 % confidence interval.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 */
public record Interval(double low, double high) {
  /** Half the mass that is left out, on either side. */
  static final double TAIL = 0.025;

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from " + low + " to " + high);
    }
  }

  /** Whether 0 lies outside: a difference that is told from none. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
