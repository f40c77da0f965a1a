package dev.moonflow.training.stage.vit;

import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.SegmentAttention;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/** The parts that encoder, captioner and pool are made of, over named parameters. */
final class Layers {
  private final Parameters parameters;
  private final Precision precision;

  Layers(Parameters parameters, Precision precision) {
    this.parameters = parameters;
    this.precision = precision;
  }

  Precision precision() {
    return precision;
  }

  Tensor get(String name) {
    return parameters.get(name);
  }

  /** x Wᵀ + b. */
  Tensor linear(String name, Tensor x) {
    return Ops.linear(x, get(name + ".weight"), get(name + ".bias"), precision.compute());
  }

  /** LayerNorm with the tower's epsilon. */
  Tensor norm(String name, Tensor x) {
    return Ops.layerNorm(
        x, get(name + ".weight"), get(name + ".bias"), VisionConfig.LAYER_NORM_EPS);
  }

  /** Tokens and their positions, [T, W]. */
  Tensor embed(String name, Tensor tokens, Tensor positions) {
    return Ops.embedding(get(name + "embed_tokens.weight"), tokens)
        .add(Ops.embedding(get(name + "pos_emb.weight"), positions));
  }

  /** x + Attn(LN0(x)) within segments. */
  Tensor selfAttention(String block, Tensor x, long heads, SegmentAttention attention) {
    Tensor qkv = heads(linear(block + "wqkv", norm(block + "norm0", x)), 3 * heads);
    Tensor seen =
        attention.attend(
            qkv.narrow(1, 0, heads), qkv.narrow(1, heads, heads), qkv.narrow(1, 2 * heads, heads));
    return x.add(linear(block + "wo", seen.reshape(x.size(0), x.size(1))));
  }

  /**
   * wo(Attn(q(x), kv(features))), segment by segment.
   *
   * @param name prefix of q, kv and wo
   * @param x [T, W]
   * @param features [L, D]
   */
  Tensor cross(
      String name, Tensor x, int[] starts, Tensor features, int[] featureStarts, long heads) {
    Tensor kv = heads(linear(name + "kv", features), 2 * heads);
    Tensor seen =
        CrossAttention.attend(
            heads(linear(name + "q", x), heads),
            starts,
            kv.narrow(1, 0, heads),
            kv.narrow(1, heads, heads),
            featureStarts);
    return linear(name + "wo", seen.reshape(x.size(0), x.size(1)));
  }

  /** x + MLP(LN1(x)). */
  Tensor mlp(String block, Tensor x) {
    Tensor wide = Ops.geluTanh(linear(block + "mlp.fc0", norm(block + "norm1", x)));
    return x.add(linear(block + "mlp.fc1", wide));
  }

  private static Tensor heads(Tensor x, long heads) {
    return x.reshape(x.size(0), heads, x.size(1) / heads);
  }
}
