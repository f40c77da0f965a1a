package dev.moonflow.kernels.packing;

import java.util.Objects;

/**
 * What packing depends on besides the pixels. The arrays are kept, not copied, and must not change
 * afterwards: devices hold copies of them.
 *
 * @param patchSize p, pixels along a patch's side (14), at least 1
 * @param mean per channel, in units of 1 (not 255)
 * @param std per channel, in units of 1, not 0
 * @param headDim d, size of one vision attention head; a positive multiple of 4
 * @param ropeTheta base of the 2D rotary frequencies (10000), above 0
 * @param positions the learned table of absolute positions
 */
public record PackingSpec(
    int patchSize,
    float[] mean,
    float[] std,
    int headDim,
    float ropeTheta,
    PositionTable positions) {

  /** Patches along a side of an image are fewer than this: cells of the rotary table's side. */
  public static final int MAX_SIDE = 512;

  /** Largest patch side, in pixels. */
  public static final int MAX_PATCH_SIZE = 64;

  public PackingSpec {
    require(
        patchSize >= 1 && patchSize <= MAX_PATCH_SIZE,
        "patchSize must be from 1 to " + MAX_PATCH_SIZE + ", got " + patchSize);
    require(mean.length == 3, "mean needs 3 values, got " + mean.length);
    require(std.length == 3, "std needs 3 values, got " + std.length);
    for (float s : std) {
      require(s != 0f, "std must not be 0");
    }
    require(headDim >= 4 && headDim % 4 == 0, "headDim must be a multiple of 4, got " + headDim);
    require(ropeTheta > 0f, "ropeTheta must be above 0, got " + ropeTheta);
    Objects.requireNonNull(positions, "positions");
  }

  /** Values in one patch: 3 p p. */
  public int patchValues() {
    return 3 * patchSize * patchSize;
  }

  /** Rotary angles of one patch: d / 2, half of them for each axis. */
  public int ropeSlots() {
    return headDim / 2;
  }

  /**
   * A learned position table.
   *
   * @param rows initial grid rows (64), at least 1
   * @param cols initial grid columns (64), at least 1
   * @param dim D, vision hidden size, at least 1
   * @param values {@code rows * cols * dim}, row-major
   */
  public record PositionTable(int rows, int cols, int dim, float[] values) {
    public PositionTable {
      require(
          rows >= 1 && cols >= 1 && dim >= 1,
          "position table sizes must be positive: " + rows + " x " + cols + " x " + dim);
      require(
          (long) rows * cols * dim == values.length,
          "position table of "
              + rows
              + " x "
              + cols
              + " x "
              + dim
              + " got "
              + values.length
              + " values");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("packing: " + otherwise);
    }
  }
}
