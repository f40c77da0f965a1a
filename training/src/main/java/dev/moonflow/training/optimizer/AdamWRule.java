package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.moonflow.training.torch.InPlace;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * AdamW in the form of Moonlight's published trainer (SPEC section 12.1): eps is added to the
 * uncorrected root of the second moment and the corrections of both moments are folded into the
 * step. It works element by element, so any slice of a tensor can be updated by itself.
 *
 * @param beta1 memory of the first moment
 * @param beta2 memory of the second moment
 * @param eps added to the root of the second moment
 * @param weightDecay per unit of learning rate; also for norms and biases, which is what keeps
 *     RMSNorm weights from growing
 */
public record AdamWRule(double beta1, double beta2, double eps, double weightDecay) {

  public AdamWRule {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && eps > 0 && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "AdamW needs betas in [0, 1), a positive eps and a weight decay of 0 or more");
    }
  }

  /** Betas 0.9 and 0.95, eps 1e-8, weight decay 0.1. */
  public static AdamWRule published() {
    return new AdamWRule(0.9, 0.95, 1e-8, 0.1);
  }

  /** As a recipe has it: what is left out is as published. */
  @JsonCreator
  static AdamWRule of(
      @JsonProperty("beta1") Double beta1,
      @JsonProperty("beta2") Double beta2,
      @JsonProperty("eps") Double eps,
      @JsonProperty("weightDecay") Double weightDecay) {
    return new AdamWRule(
        beta1 == null ? 0.9 : beta1,
        beta2 == null ? 0.95 : beta2,
        eps == null ? 1e-8 : eps,
        weightDecay == null ? 0.1 : weightDecay);
  }

  /**
   * One update of a slice; all tensors have the slice's shape.
   *
   * @param step how many updates the slice has had with this one, from 1
   * @param learningRate of this step
   * @param decay factor on the weight decay
   */
  public void update(
      Tensor weight,
      Tensor gradient,
      Tensor first,
      Tensor second,
      long step,
      double learningRate,
      double decay) {
    InPlace.blend(first, gradient, 1 - beta1);
    InPlace.blend(second, gradient.square(), 1 - beta2);
    Tensor direction = first.div(second.sqrt().add_(new Scalar(eps)));
    double correction = (1 - Math.pow(beta1, step)) / Math.sqrt(1 - Math.pow(beta2, step));
    InPlace.scale(weight, 1 - learningRate * weightDecay * decay);
    InPlace.add(weight, direction, -learningRate / correction);
  }
}
