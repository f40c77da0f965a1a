package dev.moonflow.training.optimizer;

import java.util.Arrays;

/**
 * Balances experts without a loss (SPEC section 12.1): after a step the selection bias of an expert
 * that had less than the mean load is raised, that of one that had more is lowered.
 *
 * @param rate u, size of a move; Moonlight 1e-3, 0 in its cooldown
 * @param form which of the two published forms
 */
public record ExpertBiasUpdate(double rate, Form form) {

  /** Published forms; e_i is the mean load minus the load of expert i. */
  public enum Form {
    /** b_i + u sign(e_i). */
    DEEPSEEK_V3,
    /** b_i + u (sign(e_i) - mean_j sign(e_j)): the biases keep their sum. */
    MOONLIGHT
  }

  public ExpertBiasUpdate {
    if (!(rate >= 0) || form == null) {
      throw new IllegalArgumentException("an expert bias update needs a rate of 0 or more");
    }
  }

  /**
   * The biases of the next step.
   *
   * @param bias [experts]
   * @param load [experts] tokens that each expert was given in this step, over all ranks
   * @throws IllegalArgumentException if they are not equally many
   */
  public float[] next(float[] bias, long[] load) {
    if (bias.length != load.length) {
      throw new IllegalArgumentException(
          "there are " + bias.length + " expert biases and " + load.length + " loads");
    }
    double mean = Arrays.stream(load).average().orElse(0);
    double[] sign = new double[load.length];
    for (int i = 0; i < sign.length; i++) {
      sign[i] = Math.signum(mean - load[i]);
    }
    double centre = form == Form.MOONLIGHT ? Arrays.stream(sign).average().orElse(0) : 0;
    float[] next = new float[bias.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (bias[i] + rate * (sign[i] - centre));
    }
    return next;
  }
}
