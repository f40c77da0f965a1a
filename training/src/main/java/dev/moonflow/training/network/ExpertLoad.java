package dev.moonflow.training.network;

/**
 * How many token choices each expert received, e_i of the aux-free bias rule (SPEC section 12.1).
 *
 * @param counts [layers][E]; an empty row for a dense layer
 */
public record ExpertLoad(long[][] counts) {

  /** No choices yet, for a model of that many layers. */
  public static ExpertLoad none(int layers) {
    return new ExpertLoad(new long[layers][0]);
  }

  /** The choices of both, expert by expert. */
  public ExpertLoad plus(ExpertLoad other) {
    long[][] sum = new long[counts.length][];
    for (int layer = 0; layer < sum.length; layer++) {
      long[] a = counts[layer];
      long[] b = other.counts[layer];
      sum[layer] = new long[Math.max(a.length, b.length)];
      for (int e = 0; e < sum[layer].length; e++) {
        sum[layer][e] = (e < a.length ? a[e] : 0) + (e < b.length ? b[e] : 0);
      }
    }
    return new ExpertLoad(sum);
  }

  /**
   * The largest violation over layers: (max load - mean load) / mean load. 0 is perfect balance, E
   * / k - 1 one set of experts for all tokens; 0 if there are no experts.
   */
  public double maxViolation() {
    double worst = 0;
    for (long[] layer : counts) {
      long sum = 0;
      long max = 0;
      for (long count : layer) {
        sum += count;
        max = Math.max(max, count);
      }
      if (sum > 0) {
        double mean = (double) sum / layer.length;
        worst = Math.max(worst, (max - mean) / mean);
      }
    }
    return worst;
  }
}
