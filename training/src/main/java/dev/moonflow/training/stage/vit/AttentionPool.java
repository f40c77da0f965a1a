package dev.moonflow.training.stage.vit;

import dev.moonflow.training.torch.Ops;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Patches to one vector for each image: a learned probe attends to them, as in SigLIP. */
final class AttentionPool {
  private final Layers layers;
  private final VitShape shape;

  AttentionPool(Layers layers, VitShape shape) {
    this.layers = layers;
    this.shape = shape;
  }

  /**
   * Vectors of unit length, [n, E].
   *
   * @param features [L, D] patches of the images
   * @param patchStarts [n + 1] first patch of each image, then L
   */
  Tensor pool(Tensor features, int[] patchStarts) {
    int count = patchStarts.length - 1;
    int[] probeStarts = IntStream.rangeClosed(0, count).toArray();
    Tensor probes =
        layers.get(Companions.POOL + "probe").unsqueeze(0).expand(count, shape.patchWidth());
    Tensor seen =
        layers.cross(
            Companions.POOL, probes, probeStarts, features, patchStarts, shape.poolHeads());
    return Ops.unitLength(
        Ops.linear(
            layers.mlp(Companions.POOL, seen),
            layers.get(Companions.IMAGE_PROJECTION),
            layers.precision().compute()));
  }
}
