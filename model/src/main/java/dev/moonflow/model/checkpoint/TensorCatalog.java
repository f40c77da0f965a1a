package dev.moonflow.model.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** Every tensor that a configuration asks for, by name and shape (SPEC section 2). */
public final class TensorCatalog {

  /**
   * One tensor.
   *
   * @param name as in the checkpoint
   * @param shape slowest dimension first
   */
  public record Entry(String name, int... shape) {
    /** Number of elements. */
    public long elements() {
      long product = 1;
      for (int dimension : shape) {
        product *= dimension;
      }
      return product;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  private TensorCatalog() {}

  /** All tensors: vision tower, projector, language model. */
  public static List<Entry> of(KimiVlConfig config) {
    TensorCatalog catalog = new TensorCatalog();
    catalog.vision(config.vision());
    catalog.projector(config);
    catalog.language(config.text());
    return List.copyOf(catalog.entries);
  }

  private void vision(VisionConfig v) {
    int d = v.hiddenSize();
    String tower = "vision_tower.";
    add(tower + "patch_embed.proj.weight", d, 3, v.patchSize(), v.patchSize());
    add(tower + "patch_embed.proj.bias", d);
    add(tower + "patch_embed.pos_emb.weight", v.positionRows(), v.positionCols(), d);
    for (int i = 0; i < v.layers(); i++) {
      String block = tower + "encoder.blocks." + i + ".";
      norm(block + "norm0", d);
      norm(block + "norm1", d);
      linear(block + "wqkv", 3 * d, d);
      linear(block + "wo", d, d);
      linear(block + "mlp.fc0", v.intermediateSize(), d);
      linear(block + "mlp.fc1", d, v.intermediateSize());
    }
    norm(tower + "encoder.final_layernorm", d);
  }

  private void projector(KimiVlConfig config) {
    int d = config.vision().hiddenSize();
    int merged = d * config.vision().patchesPerToken();
    norm("multi_modal_projector.pre_norm", d);
    linear("multi_modal_projector.linear_1", merged, merged);
    linear("multi_modal_projector.linear_2", config.text().hiddenSize(), merged);
  }

  private void language(TextConfig t) {
    int h = t.hiddenSize();
    add("language_model.model.embed_tokens.weight", t.vocabSize(), h);
    for (int i = 0; i < t.layers(); i++) {
      String layer = "language_model.model.layers." + i + ".";
      add(layer + "input_layernorm.weight", h);
      add(layer + "post_attention_layernorm.weight", h);
      attention(layer + "self_attn.", t);
      if (t.isDense(i)) {
        feedForward(layer + "mlp.", t.intermediateSize(), h);
      } else {
        experts(layer + "mlp.", t);
      }
    }
    add("language_model.model.norm.weight", h);
    if (!t.tiedEmbeddings()) {
      add("language_model.lm_head.weight", t.vocabSize(), h);
    }
  }

  private void attention(String prefix, TextConfig t) {
    int h = t.hiddenSize();
    int r = t.kvLoraRank();
    add(prefix + "q_proj.weight", t.heads() * t.qkHeadDim(), h);
    add(prefix + "kv_a_proj_with_mqa.weight", r + t.qkRopeHeadDim(), h);
    add(prefix + "kv_a_layernorm.weight", r);
    add(prefix + "kv_b_proj.weight", t.heads() * (t.qkNopeHeadDim() + t.vHeadDim()), r);
    add(prefix + "o_proj.weight", h, t.heads() * t.vHeadDim());
  }

  private void experts(String prefix, TextConfig t) {
    int h = t.hiddenSize();
    add(prefix + "gate.weight", t.routedExperts(), h);
    add(prefix + "gate.e_score_correction_bias", t.routedExperts());
    for (int e = 0; e < t.routedExperts(); e++) {
      feedForward(prefix + "experts." + e + ".", t.moeIntermediateSize(), h);
    }
    feedForward(prefix + "shared_experts.", t.sharedExperts() * t.moeIntermediateSize(), h);
  }

  private void feedForward(String prefix, int width, int h) {
    add(prefix + "gate_proj.weight", width, h);
    add(prefix + "up_proj.weight", width, h);
    add(prefix + "down_proj.weight", h, width);
  }

  private void linear(String name, int out, int in) {
    add(name + ".weight", out, in);
    add(name + ".bias", out);
  }

  private void norm(String name, int width) {
    add(name + ".weight", width);
    add(name + ".bias", width);
  }

  private void add(String name, int... shape) {
    entries.add(new Entry(name, shape));
  }
}
