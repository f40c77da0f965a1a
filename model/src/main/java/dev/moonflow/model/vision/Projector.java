package dev.moonflow.model.vision;

import dev.moonflow.kernels.math.Activations;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.VisionConfig;

/**
 * Carries merged patch features into the language model's space (SPEC section 6): LayerNorm of each
 * patch, concatenation of the four, linear, exact GELU, linear. Immutable; any thread may use it.
 */
public final class Projector {
  private final int window; // patches of one token
  private final int dim; // D
  private final int hidden; // H, width of the language model
  private final LayerNorm preNorm;
  private final Linear linear1; // [4D, 4D]
  private final Linear linear2; // [H, 4D]

  private Projector(Checkpoint checkpoint) {
    VisionConfig vision = checkpoint.config().vision();
    window = vision.patchesPerToken();
    dim = vision.hiddenSize();
    hidden = checkpoint.config().text().hiddenSize();
    int wide = window * dim;
    preNorm = LayerNorm.read(checkpoint, "multi_modal_projector.pre_norm", dim);
    linear1 = Linear.read(checkpoint, "multi_modal_projector.linear_1", wide, wide);
    linear2 = Linear.read(checkpoint, "multi_modal_projector.linear_2", hidden, wide);
  }

  /**
   * Reads the projector's weights.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if a tensor is missing or has another
   *     shape
   */
  public static Projector read(Checkpoint checkpoint) {
    return new Projector(checkpoint);
  }

  /** H, values of one feature. */
  public int hidden() {
    return hidden;
  }

  /**
   * Projects M tokens.
   *
   * @param merged [M, 4, D]; normed in place
   * @param tokens M
   * @param probe is handed {@code projector_pre_norm} [M, 4D] and {@code projector} [M, H]
   * @return [M, H]
   */
  public float[] project(float[] merged, int tokens, Probe probe) {
    int wide = window * dim;
    preNorm.apply(merged, tokens * window, merged);
    probe.tensor("projector_pre_norm", merged, tokens, wide);
    // Side by side in memory already: the four patches of a token are its concatenation.
    float[] inner = new float[tokens * wide];
    linear1.apply(merged, 0, tokens, inner, 0);
    Activations.geluErf(inner, 0, tokens * wide);
    float[] features = new float[Math.multiplyExact(tokens, hidden)];
    linear2.apply(inner, 0, tokens, features, 0);
    probe.tensor("projector", features, tokens, hidden);
    return features;
  }
}
