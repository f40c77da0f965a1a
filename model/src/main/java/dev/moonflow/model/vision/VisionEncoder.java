package dev.moonflow.model.vision;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.packing.PackedPatches;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.kernels.packing.PatchPacker;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.model.image.PreprocessorConfig;
import java.util.List;

/**
 * Processed images to image features: packing on the chosen device, the vision tower, the
 * projector. Immutable; any thread may use it.
 *
 * <p>The features of an image are the same bits whatever else is in the batch.
 */
public final class VisionEncoder {
  private final PatchPacker packer;
  private final PackingSpec packing;
  private final MoonVit tower;
  private final Projector projector;

  /**
   * Reads the weights of the tower and the projector.
   *
   * @throws IllegalArgumentException if the image settings and the model's configuration disagree
   *     about patches
   */
  public VisionEncoder(Checkpoint checkpoint, PreprocessorConfig images, Kernels kernels) {
    VisionConfig config = checkpoint.config().vision();
    requireEqual("patch_size", images.patchSize(), config.patchSize());
    requireEqual("merge_kernel_size", images.mergeRows(), config.mergeSize());
    requireEqual("merge_kernel_size", images.mergeCols(), config.mergeSize());
    tower = MoonVit.read(checkpoint);
    projector = Projector.read(checkpoint);
    packer = kernels.patchPacker();
    packing =
        new PackingSpec(
            config.patchSize(),
            images.mean(),
            images.std(),
            config.headDim(),
            VisionConfig.ROPE_THETA,
            tower.positions());
  }

  private static void requireEqual(String field, int images, int model) {
    if (images != model) {
      throw new IllegalArgumentException(
          String.format(
              "%s is %d in %s and %d in config.json",
              field, images, PreprocessorConfig.FILE_NAME, model));
    }
  }

  /** H, values of one feature. */
  public int hidden() {
    return projector.hidden();
  }

  /** Patches that become one media token. */
  public int patchesPerToken() {
    return tower.config().patchesPerToken();
  }

  /**
   * Encodes images as one packed batch.
   *
   * @param processed images as the image processor leaves them, at least one
   * @throws IllegalArgumentException if an image's sides are not whole merge windows
   */
  public ImageFeatures encode(List<RgbImage> processed) {
    return encode(processed, Probe.NONE);
  }

  /**
   * As {@link #encode(List)}, watched; see {@link MoonVit#encode} and {@link Projector#project}.
   */
  public ImageFeatures encode(List<RgbImage> processed, Probe probe) {
    PackedPatches packed = packer.pack(processed, packing);
    float[] merged = tower.encode(packed, probe);
    int window = tower.config().patchesPerToken();
    float[] values = projector.project(merged, packed.patchCount() / window, probe);
    int[] offsets = new int[packed.cuSeqlens().length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = packed.cuSeqlens()[i] / window;
    }
    return new ImageFeatures(values, offsets, projector.hidden());
  }
}
