package dev.moonflow.model.checkpoint;

import java.util.List;

/**
 * {@code vision_config}: the shape of MoonViT (SPEC section 1.1).
 *
 * @param hiddenSize D, width of a patch embedding
 * @param layers transformer blocks
 * @param heads attention heads; divides D
 * @param intermediateSize width of a block's MLP
 * @param patchSize p, pixels along a patch's side
 * @param positionRows rows of the learned position table
 * @param positionCols columns of the learned position table
 * @param mergeSize patches along a side of a merge window (2)
 */
public record VisionConfig(
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    int patchSize,
    int positionRows,
    int positionCols,
    int mergeSize) {

  /** Base of the 2D rotary frequencies; fixed in the model's code. */
  public static final float ROPE_THETA = 10_000f;

  /** Epsilon of every LayerNorm; fixed in the model's code. */
  public static final float LAYER_NORM_EPS = 1e-5f;

  /** d = D / heads. */
  public int headDim() {
    return hiddenSize / heads;
  }

  /** Patches that become one media token (4). */
  public int patchesPerToken() {
    return mergeSize * mergeSize;
  }

  /** Values of a patch: 3 p p. */
  public int patchValues() {
    return 3 * patchSize * patchSize;
  }

  static VisionConfig of(JsonFields json) {
    json.requireSupported("model_type", "moonvit");
    VisionConfig config =
        new VisionConfig(
            json.integer("hidden_size", 1),
            json.integer("num_hidden_layers", 1),
            json.integer("num_attention_heads", 1),
            json.integer("intermediate_size", 1),
            json.integer("patch_size", 1),
            json.integer("init_pos_emb_height", 1),
            json.integer("init_pos_emb_width", 1),
            2);
    if (config.layers() > TextConfig.LAYERS_MAX) {
      throw json.bad("num_hidden_layers", "must be at most " + TextConfig.LAYERS_MAX);
    }
    if (config.hiddenSize() % config.heads() != 0) {
      throw json.bad("num_attention_heads", "must divide hidden_size");
    }
    if (config.headDim() % 4 != 0) {
      throw json.bad("hidden_size", "must give heads of a multiple of 4 values");
    }
    if (!json.integers("merge_kernel_size").equals(List.of(2, 2))) {
      throw json.bad("merge_kernel_size", "must be [2, 2]");
    }
    return config;
  }
}
