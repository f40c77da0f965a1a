package dev.moonflow.training.stage.vit;

import dev.moonflow.training.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** Cross-entropy of the captioner. */
final class CaptionLoss {
  /** What it counts beside the contrastive loss (SPEC section 12.2). */
  static final double WEIGHT = 2;

  private CaptionLoss() {}

  /**
   * Mean of -log p(target) over the tokens that count.
   *
   * @param logits [T, V]
   * @param targets [T] ids
   * @param weights [T], 0 for a token that does not count
   */
  static Tensor of(Tensor logits, Tensor targets, Tensor weights) {
    Tensor log = Ops.gatherLast(Ops.logSoftmax(logits), targets.unsqueeze(1)).squeeze(1);
    return Ops.sum(log.mul(weights), 0, false).div(Ops.sum(weights, 0, false)).neg();
  }
}
