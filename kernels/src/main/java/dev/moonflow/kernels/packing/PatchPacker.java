package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;
import java.util.List;

/** Turns images whose sides are multiples of the patch size into one packed batch. */
public interface PatchPacker {

  /**
   * Packs the images in order. What an image gets does not depend on the other images.
   *
   * @throws IllegalArgumentException if there is no image, or a side is not a multiple of the patch
   *     size or has 512 patches or more, or the batch is larger than one array can hold
   */
  PackedPatches pack(List<RgbImage> images, PackingSpec spec);
}
