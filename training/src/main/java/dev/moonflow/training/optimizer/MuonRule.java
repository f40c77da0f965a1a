package dev.moonflow.training.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.moonflow.training.torch.InPlace;
import org.bytedeco.pytorch.Tensor;

/**
 * Muon as in Moonlight (SPEC section 12.1), in its three parts: the momentum, which works on any
 * slice of a matrix; the orthogonalisation, which needs the whole matrix; and the update, which
 * works on any slice again.
 *
 * @param momentum mu, memory of the gradients
 * @param nesterov whether the newest gradient counts once more
 * @param weightDecay per unit of the plain learning rate
 * @param updateScale size of an update: its values have a root mean square of about this, as
 *     AdamW's have, whatever the shape
 * @param newtonSchulz the orthogonalisation
 */
public record MuonRule(
    double momentum,
    boolean nesterov,
    double weightDecay,
    double updateScale,
    NewtonSchulz newtonSchulz) {

  public MuonRule {
    if (!(momentum >= 0 && momentum < 1 && weightDecay >= 0 && updateScale > 0)
        || newtonSchulz == null) {
      throw new IllegalArgumentException(
          "Muon needs a momentum in [0, 1), a weight decay of 0 or more, a positive update scale");
    }
  }

  /** Momentum 0.95 in Nesterov's form, weight decay 0.1, scale 0.2, five rounds. */
  public static MuonRule published(NewtonSchulz.Format format) {
    return new MuonRule(0.95, true, 0.1, 0.2, new NewtonSchulz(5, format));
  }

  /** As a recipe has it: what is left out is as published, with products in float32. */
  @JsonCreator
  static MuonRule of(
      @JsonProperty("momentum") Double momentum,
      @JsonProperty("nesterov") Boolean nesterov,
      @JsonProperty("weightDecay") Double weightDecay,
      @JsonProperty("updateScale") Double updateScale,
      @JsonProperty("newtonSchulz") NewtonSchulz newtonSchulz) {
    return new MuonRule(
        momentum == null ? 0.95 : momentum,
        nesterov == null || nesterov,
        weightDecay == null ? 0.1 : weightDecay,
        updateScale == null ? 0.2 : updateScale,
        newtonSchulz == null ? new NewtonSchulz(5, NewtonSchulz.Format.F32) : newtonSchulz);
  }

  /** Takes a gradient slice into its momentum; returns what is to be orthogonalised. */
  public Tensor accumulate(Tensor buffer, Tensor gradient) {
    InPlace.scale(buffer, momentum);
    InPlace.add(buffer, gradient, 1);
    return nesterov ? InPlace.sum(gradient, buffer, momentum) : buffer;
  }

  /**
   * Moves a slice of a matrix.
   *
   * @param orthogonal the same slice of the orthogonalised matrix, in any format
   * @param rows A of the whole matrix
   * @param cols B of the whole matrix
   * @param learningRate of this step
   * @param decay factor on the weight decay
   */
  public void update(
      Tensor weight, Tensor orthogonal, long rows, long cols, double learningRate, double decay) {
    double size = updateScale * Math.sqrt(Math.max(rows, cols));
    InPlace.scale(weight, 1 - learningRate * weightDecay * decay);
    InPlace.add(weight, orthogonal, -learningRate * size);
  }
}
