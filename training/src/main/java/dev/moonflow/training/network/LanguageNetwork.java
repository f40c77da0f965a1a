package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The MLA mixture-of-experts decoder with gradients (SPEC section 8). */
final class LanguageNetwork {
  private static final String MODEL = "language_model.model.";

  /**
   * What the decoder gives.
   *
   * @param hidden [T, H] after the final norm
   * @param balanceLoss scalar, mean over mixture layers; zero without such layers
   * @param load choices of each expert
   */
  record Result(Tensor hidden, Tensor balanceLoss, ExpertLoad load) {}

  private final TextConfig config;
  private final Parameters parameters;
  private final Precision precision;
  private final LatentAttention latent;
  private final SwiGlu dense;
  private final MixtureOfExperts experts;

  LanguageNetwork(TextConfig config, Parameters parameters, Precision precision) {
    this.config = config;
    this.parameters = parameters;
    this.precision = precision;
    this.latent = new LatentAttention(config, parameters, precision);
    this.dense = new SwiGlu(parameters, precision);
    this.experts = new MixtureOfExperts(config, parameters, precision);
  }

  /** Rows of the embedding table for ids [T]. */
  Tensor embed(int[] tokens) {
    return Ops.embedding(parameters.get(MODEL + "embed_tokens.weight"), Tensors.indices(tokens));
  }

  /**
   * Runs all layers and the final norm.
   *
   * @param x [T, H] embeddings, images in place
   */
  Result decode(Tensor x, PackedBatch batch, Tape tape) {
    TextRope rope = TextRope.of(batch.positions(), config, precision.storage());
    SegmentAttention attention = new SegmentAttention(batch.segmentStarts(), true);
    Tensor averages = averages(batch.segmentStarts());
    long[][] loads = new long[config.layers()][0];
    Tensor balance = Ops.zeros(precision.storage());
    int mixtures = 0;
    for (int i = 0; i < config.layers(); i++) {
      int layer = i;
      List<Tensor> out = tape.run(in -> layer(layer, in, rope, attention, averages, loads), x);
      x = out.get(0);
      if (out.size() > 1) {
        balance = balance.add(out.get(1));
        mixtures++;
      }
    }
    Tensor hidden = norm(MODEL + "norm", x);
    return new Result(
        hidden, Ops.scale(balance, 1.0 / Math.max(1, mixtures)), new ExpertLoad(loads));
  }

  /** Logits [n, V] of final hidden rows [n, H]. */
  Tensor logits(Tensor hidden) {
    String name =
        config.tiedEmbeddings() ? MODEL + "embed_tokens.weight" : "language_model.lm_head.weight";
    return Ops.linear(hidden, parameters.get(name), precision.compute());
  }

  private List<Tensor> layer(
      int i, Tensor x, TextRope rope, SegmentAttention attention, Tensor averages, long[][] loads) {
    String layer = MODEL + "layers." + i + ".";

    // x + MLA(RMS_in(x))
    Tensor middle =
        x.add(
            latent.apply(
                layer + "self_attn.", norm(layer + "input_layernorm", x), rope, attention));

    // x + FFN(RMS_post(x))
    Tensor normed = norm(layer + "post_attention_layernorm", middle);
    if (config.isDense(i)) {
      return List.of(middle.add(dense.apply(layer + "mlp.", normed)));
    }
    MixtureOfExperts.Result mixture = experts.apply(i, normed, averages);
    loads[i] = mixture.load();
    return List.of(middle.add(mixture.y()), mixture.balanceLoss());
  }

  private Tensor norm(String name, Tensor x) {
    return Ops.rmsNorm(x, parameters.get(name + ".weight"), config.rmsNormEps());
  }

  /** [S, T]: 1 / length of the segment at its tokens. */
  private Tensor averages(int[] starts) {
    int segments = starts.length - 1;
    int tokens = starts[segments];
    float[] values = new float[Math.multiplyExact(segments, tokens)];
    for (int s = 0; s < segments; s++) {
      for (int t = starts[s]; t < starts[s + 1]; t++) {
        values[s * tokens + t] = 1f / (starts[s + 1] - starts[s]);
      }
    }
    return Tensors.of(values, precision.storage(), segments, tokens);
  }
}
