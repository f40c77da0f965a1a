package dev.moonflow.model.vision;

import dev.moonflow.kernels.packing.PackedPatches;

/**
 * Brings the patches of each merge window together (SPEC section 5.6): [h/m, m, w/m, m, D] to [h/m,
 * w/m, m, m, D] for each image, with windows of m x m patches.
 */
final class PatchMerger {
  private PatchMerger() {}

  /**
   * Checks that every grid divides into windows.
   *
   * @throws IllegalArgumentException naming the image that does not
   */
  static void check(PackedPatches packed, int m) {
    for (int i = 0; i < packed.gridRows().length; i++) {
      int rows = packed.gridRows()[i];
      int cols = packed.gridCols()[i];
      if (rows % m != 0 || cols % m != 0) {
        throw new IllegalArgumentException(
            String.format(
                "image %d has a grid of %d x %d patches, which does not divide into %d x %d",
                i, rows, cols, m, m));
      }
    }
  }

  /** Copies {@code from} [L, D] to {@code to} [L / (m m), m m, D]. */
  static void merge(float[] from, PackedPatches packed, int m, int dim, float[] to) {
    int target = 0;
    for (int image = 0; image < packed.gridRows().length; image++) {
      int first = packed.cuSeqlens()[image];
      int cols = packed.gridCols()[image];
      for (int row = 0; row < packed.gridRows()[image]; row += m) {
        for (int col = 0; col < cols; col += m) {
          for (int dy = 0; dy < m; dy++) {
            // The m patches of a window's row lie side by side.
            int source = (first + (row + dy) * cols + col) * dim;
            System.arraycopy(from, source, to, target, m * dim);
            target += m * dim;
          }
        }
      }
    }
  }
}
