package dev.moonflow.training.stage.rl;

import dev.moonflow.training.torch.Ops;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * The surrogate of online policy mirror descent (SPEC section 12.3). Its ascent direction is the
 * sum of (r_j - mean r - tau log(pi_j / pi_ref_j)) grad log pi_j: the reward above the mean of the
 * prompt's own answers, pulled back towards the reference.
 */
final class MirrorDescent {
  private MirrorDescent() {}

  /** r_j - mean r over the answers to one prompt. */
  static double[] advantages(double[] rewards) {
    double mean = Arrays.stream(rewards).average().orElse(0);
    return Arrays.stream(rewards).map(r -> r - mean).toArray();
  }

  /**
   * What each grad log pi_j is multiplied by.
   *
   * @param logPolicy log pi(y_j | x), summed over the answer's tokens
   * @param logReference the same under the policy that the iteration began with
   */
  static double[] coefficients(
      double[] advantages, double[] logPolicy, double[] logReference, double tau) {
    double[] coefficients = new double[advantages.length];
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] = advantages[j] - tau * (logPolicy[j] - logReference[j]);
    }
    return coefficients;
  }

  /**
   * -sum_j of A_j q_j - (tau / 2) q_j², where q_j = log(pi_j / pi_ref_j): to be minimised. It is 0
   * at the reference, and apart from that constant A_j log pi_j - (tau / 2) q_j².
   *
   * @param logPolicy [n] with gradient
   * @param logReference [n]
   * @param advantages [n]
   */
  static Tensor loss(Tensor logPolicy, Tensor logReference, Tensor advantages, double tau) {
    Tensor ratio = logPolicy.sub(logReference);
    Tensor gain = advantages.mul(ratio).sub(Ops.scale(ratio.mul(ratio), tau / 2));
    return Ops.sum(gain, 0, false).neg();
  }
}
