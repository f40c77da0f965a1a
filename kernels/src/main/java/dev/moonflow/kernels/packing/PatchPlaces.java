package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;

/** Describes rows of patches to a {@link PackingKernel}, one row after another. */
final class PatchPlaces {
  private final PackingKernel kernel;
  private final PackingSpec spec;
  private int patches;
  private int bytes;

  PatchPlaces(PackingKernel kernel, PackingSpec spec) {
    this.kernel = kernel;
    this.spec = spec;
  }

  /** Patches described since the last {@link #clear}. */
  int patches() {
    return patches;
  }

  void clear() {
    patches = 0;
    bytes = 0;
  }

  /** What all rows of one image share. */
  record Grid(RgbImage image, int rows, int cols, AxisTaps down, AxisTaps across) {
    static Grid of(RgbImage image, int rows, int cols, PackingSpec.PositionTable table) {
      return new Grid(
          image, rows, cols, AxisTaps.of(table.rows(), rows), AxisTaps.of(table.cols(), cols));
    }
  }

  /** Adds one row of patches, whose pixel rows are one stretch of the image's bytes. */
  void add(Grid grid, int row) {
    int stride = grid.image().width() * 3;
    int length = stride * spec.patchSize();
    System.arraycopy(grid.image().rgb(), row * length, kernel.source, bytes, length);
    for (int col = 0; col < grid.cols(); col++) {
      int at = patches * PackingKernel.PLACE;
      kernel.place[at] = bytes + col * spec.patchSize() * 3;
      kernel.place[at + 1] = stride;
      kernel.place[at + 2] = row;
      kernel.place[at + 3] = col;
      position(grid, row, col, at + 4, patches * PackingKernel.TAPS);
      patches++;
    }
    bytes += length;
  }

  private void position(Grid grid, int row, int col, int at, int weights) {
    PackingSpec.PositionTable table = spec.positions();
    boolean own = grid.rows() == table.rows() && grid.cols() == table.cols();
    kernel.place[at] = own ? (row * table.cols() + col) * table.dim() : -1;
    for (int k = 0; k < 4; k++) {
      kernel.place[at + 1 + k] = grid.down().index()[row * 4 + k] * table.cols() * table.dim();
      kernel.place[at + 5 + k] = grid.across().index()[col * 4 + k] * table.dim();
      kernel.taps[weights + k] = grid.down().weight()[row * 4 + k];
      kernel.taps[weights + 4 + k] = grid.across().weight()[col * 4 + k];
    }
  }
}
