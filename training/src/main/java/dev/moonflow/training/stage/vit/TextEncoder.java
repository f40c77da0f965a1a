package dev.moonflow.training.stage.vit;

import dev.moonflow.training.network.SegmentAttention;
import dev.moonflow.training.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/** Captions to vectors: a transformer that sees both ways, read at the last token as in SigLIP. */
final class TextEncoder {
  private final Layers layers;
  private final VitShape shape;

  TextEncoder(Layers layers, VitShape shape) {
    this.layers = layers;
    this.shape = shape;
  }

  /** Vectors of unit length, [n, E]. */
  Tensor encode(CaptionTokens captions) {
    SegmentAttention attention = new SegmentAttention(captions.starts(), false);
    Tensor x = layers.embed(Companions.ENCODER, captions.idTensor(), captions.positionTensor());
    for (int i = 0; i < shape.encoderLayers(); i++) {
      String block = Companions.ENCODER + "blocks." + i + ".";
      x = layers.mlp(block, layers.selfAttention(block, x, shape.textHeads(), attention));
    }
    Tensor last =
        layers.norm(Companions.ENCODER + "final_layernorm", Ops.rows(x, captions.lasts()));
    return Ops.unitLength(
        Ops.linear(last, layers.get(Companions.TEXT_PROJECTION), layers.precision().compute()));
  }
}
