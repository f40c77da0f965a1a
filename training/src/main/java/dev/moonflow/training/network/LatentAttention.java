package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Multi-head latent attention with gradients, in its expanded form (SPEC section 8.1). */
final class LatentAttention {
  private final TextConfig config;
  private final Parameters parameters;
  private final Precision precision;

  LatentAttention(TextConfig config, Parameters parameters, Precision precision) {
    this.config = config;
    this.parameters = parameters;
    this.precision = precision;
  }

  /**
   * Attends within segments.
   *
   * @param name the layer's prefix, ending in {@code self_attn.}
   * @param y [T, H] normed input
   * @return [T, H]
   */
  Tensor apply(String name, Tensor y, TextRope rope, SegmentAttention attention) {
    long tokens = y.size(0);
    long heads = config.heads();
    int nope = config.qkNopeHeadDim();
    int rotated = config.qkRopeHeadDim();
    int value = config.vHeadDim();

    // q = q_nope | rot(q_rope)
    Tensor q = linear(name + "q_proj", y).reshape(tokens, heads, nope + rotated);
    List<Tensor> parts = Ops.split(q, 2, nope, rotated);
    Tensor queries =
        Ops.cat(List.of(parts.get(0), Ops.rotatePairs(parts.get(1), rope.cos(), rope.sin())), 2);

    // c = latent | k_rope, the latter shared by all heads
    Tensor c = linear(name + "kv_a_proj_with_mqa", y);
    List<Tensor> compressed = Ops.split(c, 1, config.kvLoraRank(), rotated);
    Tensor latent =
        Ops.rmsNorm(
            compressed.get(0),
            parameters.get(name + "kv_a_layernorm.weight"),
            TextConfig.KV_NORM_EPS);
    Tensor keyRope = Ops.rotatePairs(compressed.get(1).unsqueeze(1), rope.cos(), rope.sin());

    // kv_b(latent') = k_nope | v
    Tensor kv = linear(name + "kv_b_proj", latent).reshape(tokens, heads, nope + value);
    List<Tensor> pair = Ops.split(kv, 2, nope, value);
    Tensor keys = Ops.cat(List.of(pair.get(0), keyRope.expand(tokens, heads, rotated)), 2);

    Tensor out = attention.attend(queries, keys, pair.get(1));
    return linear(name + "o_proj", out.reshape(tokens, heads * value));
  }

  private Tensor linear(String name, Tensor x) {
    return Ops.linear(x, parameters.get(name + ".weight"), precision.compute());
  }
}
