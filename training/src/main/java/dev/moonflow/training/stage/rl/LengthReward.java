package dev.moonflow.training.stage.rl;

import java.util.Arrays;

/** The reward against overthinking (SPEC section 12.3). */
final class LengthReward {
  private LengthReward() {}

  /**
   * lambda = 0.5 - (length - min) / (max - min) over the answers to one prompt: right answers get
   * lambda, wrong ones min(0, lambda), all 0 if every length is equal.
   *
   * @param lengths in tokens
   * @param correct whether each answer is right
   */
  static double[] of(int[] lengths, boolean[] correct) {
    int min = Arrays.stream(lengths).min().orElse(0);
    int max = Arrays.stream(lengths).max().orElse(0);
    double[] rewards = new double[lengths.length];
    if (min == max) {
      return rewards;
    }
    for (int j = 0; j < rewards.length; j++) {
      double lambda = 0.5 - (lengths[j] - min) / (double) (max - min);
      rewards[j] = correct[j] ? lambda : Math.min(0, lambda);
    }
    return rewards;
  }
}
