package dev.moonflow.training.stage.vit;

import dev.moonflow.training.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** The pairwise sigmoid loss between images and texts (SPEC section 12.2). */
final class SiglipLoss {
  /** t' at the start. */
  static final double INITIAL_LOG_SCALE = Math.log(10);

  /** b at the start: most pairs do not belong together. */
  static final double INITIAL_BIAS = -10;

  private SiglipLoss() {}

  /**
   * exp(t') x_i . y_j + b.
   *
   * @param images x [n, E], rows of unit length
   * @param texts y [n, E], rows of unit length
   * @param logScale t' [1]
   * @param bias b [1]
   * @return [n, n], a row for each image
   */
  static Tensor logits(Tensor images, Tensor texts, Tensor logScale, Tensor bias) {
    return Ops.linear(images, texts, Ops.type(images)).mul(Ops.exp(logScale)).add(bias);
  }

  /**
   * -(1/n) sum over i, j of log sigmoid(z_ij logits_ij), z = 1 on the diagonal and -1 elsewhere.
   *
   * @param logits [n, n]
   */
  static Tensor of(Tensor logits) {
    long n = logits.size(0);
    Tensor signs = Ops.plus(Ops.scale(Ops.identity(n, Ops.type(logits)), 2), -1);
    Tensor all = Ops.logSigmoid(logits.mul(signs)).reshape(n * n);
    return Ops.scale(Ops.sum(all, 0, false), -1.0 / n);
  }
}
