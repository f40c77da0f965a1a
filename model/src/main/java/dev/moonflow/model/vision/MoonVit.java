package dev.moonflow.model.vision;

import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.kernels.packing.PackedPatches;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.VisionConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The vision tower (SPEC section 5): images of any size, packed back to back, to merged patch
 * features. Immutable; any thread may use it.
 *
 * <p>L patches of p by p pixels, width D, M = L / 4 merged tokens.
 */
public final class MoonVit {
  private final VisionConfig config;
  private final Linear patchProjection; // [D, 3 p p]
  private final PackingSpec.PositionTable positions;
  private final List<VisionBlock> blocks;
  private final LayerNorm finalNorm;

  private MoonVit(Checkpoint checkpoint) {
    config = checkpoint.config().vision();
    int dim = config.hiddenSize();
    patchProjection = patchProjection(checkpoint);
    positions =
        new PackingSpec.PositionTable(
            config.positionRows(),
            config.positionCols(),
            dim,
            checkpoint.floats(
                "vision_tower.patch_embed.pos_emb.weight",
                config.positionRows(),
                config.positionCols(),
                dim));
    blocks = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(VisionBlock.read(checkpoint, i));
    }
    finalNorm = LayerNorm.read(checkpoint, "vision_tower.encoder.final_layernorm", dim);
  }

  /**
   * Reads the tower's weights.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if a tensor is missing or has another
   *     shape
   */
  public static MoonVit read(Checkpoint checkpoint) {
    return new MoonVit(checkpoint);
  }

  /** The convolution over whole patches, as the linear map that it is. */
  private static Linear patchProjection(Checkpoint checkpoint) {
    VisionConfig config = checkpoint.config().vision();
    String name = "vision_tower.patch_embed.proj";
    int dim = config.hiddenSize();
    int p = config.patchSize();
    Matrix weight = checkpoint.matrix(name + ".weight", dim, config.patchValues(), dim, 3, p, p);
    return new Linear(weight, checkpoint.floats(name + ".bias", dim));
  }

  /** The learned table of absolute positions, for packing. */
  public PackingSpec.PositionTable positions() {
    return positions;
  }

  /** The tower's shape. */
  public VisionConfig config() {
    return config;
  }

  /**
   * Encodes a packed batch. An image's rows are the same bits whatever else is in the batch.
   *
   * @param packed images whose grids divide into the merge window
   * @param probe is handed {@code patch_linear}, {@code pos_emb}, {@code embedded}, {@code
   *     block.i}, {@code final_layernorm} [L, D] and {@code merged} [M, 4, D]
   * @return merged features [M, 4, D]: top-left, top-right, bottom-left, bottom-right
   * @throws IllegalArgumentException if a grid has an odd side, or the batch is too large for an
   *     array
   */
  public float[] encode(PackedPatches packed, Probe probe) {
    PatchMerger.check(packed, config.mergeSize());
    VisionWorkspace space = new VisionWorkspace(packed.patchCount(), config);
    int rows = space.patches;
    int dim = config.hiddenSize();

    // Patches to the residual stream, with absolute positions.
    patchProjection.apply(packed.patches(), 0, rows, space.x, 0);
    probe.tensor("patch_linear", space.x, rows, dim);
    probe.tensor("pos_emb", packed.positions(), rows, dim);
    space.addToX(packed.positions());
    probe.tensor("embedded", space.x, rows, dim);

    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).forward(space, packed);
      probe.tensor("block." + i, space.x, rows, dim);
    }

    finalNorm.apply(space.x, rows, space.y);
    probe.tensor("final_layernorm", space.y, rows, dim);
    float[] merged = space.x;
    PatchMerger.merge(space.y, packed, config.mergeSize(), dim, merged);
    int window = config.patchesPerToken();
    probe.tensor("merged", merged, rows / window, window, dim);
    return merged;
  }
}
