package dev.moonflow.training.stage.vit;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.VisionTower;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/** The tower with its companions: from images and captions to the losses. */
final class VitNetwork {
  /**
   * What a batch gives.
   *
   * @param siglip scalar with gradient
   * @param caption scalar with gradient, mean over the tokens of all captions
   * @param logits [n, n] similarities, a row for each image
   */
  record Result(Tensor siglip, Tensor caption, Tensor logits) {
    /** SigLIP plus twice the caption loss. */
    Tensor total() {
      return siglip.add(Ops.scale(caption, CaptionLoss.WEIGHT));
    }
  }

  private final VisionTower tower;
  private final Layers layers;
  private final AttentionPool pool;
  private final TextEncoder encoder;
  private final Captioner captioner;

  /**
   * Over parameters drawn by {@link Companions}.
   *
   * @param beginId the token that stands before a caption
   */
  VitNetwork(
      VisionTower tower, Parameters companions, VitShape shape, int beginId, Precision precision) {
    this.tower = tower;
    this.layers = new Layers(companions, precision);
    this.pool = new AttentionPool(layers, shape);
    this.encoder = new TextEncoder(layers, shape);
    this.captioner = new Captioner(layers, shape, beginId);
  }

  Result forward(VitBatch batch, Tape tape) {
    CaptionTokens captions = CaptionTokens.of(batch.captions());
    Tensor features = tower.features(batch.images(), tape);
    int[] patchStarts = batch.patchStarts();
    Tensor logits =
        SiglipLoss.logits(
            pool.pool(features, patchStarts),
            encoder.encode(captions),
            layers.get(Companions.LOG_SCALE),
            layers.get(Companions.BIAS));
    Tensor words = captioner.logits(captions, features, patchStarts);
    Tensor every = Ops.plus(Ops.zeros(Ops.type(words), captions.ids().length), 1);
    return new Result(
        SiglipLoss.of(logits), CaptionLoss.of(words, captions.idTensor(), every), logits);
  }
}
