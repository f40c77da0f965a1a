package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;
import java.util.List;

/**
 * Where the patches of a batch lie: the checked geometry that every device starts from.
 *
 * @param gridRows [images] patches down each image
 * @param gridCols [images] patches across each image
 * @param cuSeqlens [images + 1] cumulative patch counts
 */
record PackingPlan(int[] gridRows, int[] gridCols, int[] cuSeqlens) {

  /**
   * Checks the images and lays them out back to back.
   *
   * @throws IllegalArgumentException as {@link PatchPacker#pack}
   */
  static PackingPlan of(List<RgbImage> images, PackingSpec spec) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("packing: there is no image");
    }
    int n = images.size();
    PackingPlan plan = new PackingPlan(new int[n], new int[n], new int[n + 1]);
    long widest = Math.max(Math.max(spec.patchValues(), spec.ropeSlots()), spec.positions().dim());
    long patches = 0;
    for (int i = 0; i < n; i++) {
      plan.gridRows[i] = side("height", i, images.get(i).height(), spec.patchSize());
      plan.gridCols[i] = side("width", i, images.get(i).width(), spec.patchSize());
      patches += (long) plan.gridRows[i] * plan.gridCols[i];
      if (patches * widest > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "packing: " + patches + " patches of " + widest + " values do not fit one array");
      }
      plan.cuSeqlens[i + 1] = (int) patches;
    }
    return plan;
  }

  private static int side(String name, int image, int pixels, int patchSize) {
    if (pixels % patchSize != 0) {
      throw new IllegalArgumentException(
          "packing: "
              + name
              + " "
              + pixels
              + " of image "
              + image
              + " is not a multiple of "
              + patchSize);
    }
    int patches = pixels / patchSize;
    if (patches >= PackingSpec.MAX_SIDE) {
      throw new IllegalArgumentException(
          "packing: "
              + name
              + " "
              + pixels
              + " of image "
              + image
              + " is "
              + patches
              + " patches, the limit is "
              + (PackingSpec.MAX_SIDE - 1));
    }
    return patches;
  }

  int images() {
    return gridRows.length;
  }

  /** L. */
  int patches() {
    return cuSeqlens[images()];
  }

  /** Empty result arrays of the right sizes, to be filled by a device. */
  PackedPatches allocate(PackingSpec spec) {
    int l = patches();
    return new PackedPatches(
        new float[l * spec.patchValues()],
        gridRows,
        gridCols,
        cuSeqlens,
        new float[l * spec.ropeSlots()],
        new float[l * spec.ropeSlots()],
        new float[l * spec.positions().dim()]);
  }
}
