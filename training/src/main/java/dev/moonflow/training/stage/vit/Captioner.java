package dev.moonflow.training.stage.vit;

import dev.moonflow.training.network.SegmentAttention;
import dev.moonflow.training.torch.Ops;
import org.bytedeco.pytorch.Tensor;

/**
 * A tiny decoder-only language model that looks at the patches of its image in every block (CoCa).
 * Its head is its embedding.
 */
final class Captioner {
  private final Layers layers;
  private final VitShape shape;
  private final int beginId;

  /**
   * A captioner.
   *
   * @param beginId the token that stands before a caption
   */
  Captioner(Layers layers, VitShape shape, int beginId) {
    this.layers = layers;
    this.shape = shape;
    this.beginId = beginId;
  }

  /**
   * Logits of every caption token from those before it and the image, [T, V].
   *
   * @param features [L, D] patches of the images
   * @param patchStarts [n + 1] first patch of each image, then L
   */
  Tensor logits(CaptionTokens captions, Tensor features, int[] patchStarts) {
    String name = Companions.DECODER;
    SegmentAttention attention = new SegmentAttention(captions.starts(), true);
    Tensor x = layers.embed(name, captions.shifted(beginId), captions.positionTensor());
    for (int i = 0; i < shape.decoderLayers(); i++) {
      String block = name + "blocks." + i + ".";
      x = layers.selfAttention(block, x, shape.textHeads(), attention);
      Tensor normed = layers.norm(block + "norm_cross", x);
      x =
          x.add(
              layers.cross(
                  block + "cross.",
                  normed,
                  captions.starts(),
                  features,
                  patchStarts,
                  shape.textHeads()));
      x = layers.mlp(block, x);
    }
    return Ops.linear(
        layers.norm(name + "final_layernorm", x),
        layers.get(name + "embed_tokens.weight"),
        layers.precision().compute());
  }
}
