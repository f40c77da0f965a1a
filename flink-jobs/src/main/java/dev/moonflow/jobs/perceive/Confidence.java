package dev.moonflow.jobs.perceive;

/**
 * How sure the model was of what it wrote, from the probabilities of its tokens.
 *
 * @param mean of the tokens' probabilities, 0 to 1; not a number when not known
 * @param min the lowest of them; not a number when not known
 */
public record Confidence(double mean, double min) {
  /** Of nothing, or of tokens from before probabilities were kept. */
  public static final Confidence UNKNOWN = new Confidence(Double.NaN, Double.NaN);

  /** Of tokens with these log-probabilities; unknown when one of them is. */
  public static Confidence of(float[] logProbabilities) {
    if (logProbabilities.length == 0) {
      return UNKNOWN;
    }
    double sum = 0;
    double min = 1;
    for (float logProbability : logProbabilities) {
      double probability = StrictMath.exp(logProbability);
      sum += probability;
      min = Math.min(min, probability);
    }
    return Double.isNaN(sum) ? UNKNOWN : new Confidence(sum / logProbabilities.length, min);
  }

  /** Whether it is known. */
  public boolean known() {
    return !Double.isNaN(mean);
  }
}
