package dev.moonflow.training.stage.rl;

import dev.moonflow.training.batch.KeyedHash;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Prompts that the policy fails at come more often (SPEC section 12.3). */
final class PrioritizedSampling {
  private PrioritizedSampling() {}

  /**
   * Probability in proportion to 1 - success rate; equal ones if every prompt is solved.
   *
   * @param successRates in [0, 1]; 0 for a prompt that was never tried
   */
  static double[] probabilities(double[] successRates) {
    double total = Arrays.stream(successRates).map(rate -> 1 - rate).sum();
    return Arrays.stream(successRates)
        .map(rate -> total > 0 ? (1 - rate) / total : 1.0 / successRates.length)
        .toArray();
  }

  /**
   * Draws indices without putting them back: those of the smallest -log(u) / p (Efraimidis and
   * Spirakis). Where fewer have a probability than are wanted, the others follow at random.
   *
   * @param key of the draws u; the draw for an index depends on key and index alone
   * @param count at most as many as there are probabilities
   */
  static List<Integer> draw(double[] probabilities, int count, long key) {
    double[] times = new double[probabilities.length];
    for (int i = 0; i < times.length; i++) {
      double u = 1 - KeyedHash.uniform(key, i); // in (0, 1]
      times[i] = probabilities[i] > 0 ? -Math.log(u) / probabilities[i] : 1e300 * (1 + u);
    }
    return IntStream.range(0, times.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> times[i]))
        .limit(count)
        .toList();
  }
}
