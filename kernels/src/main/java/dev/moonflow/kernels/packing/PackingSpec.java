package dev.moonflow.kernels.packing;

/**
 * What packing depends on besides the pixels.
 *
 * @param patchSize p, pixels along a patch's side (14)
 * @param mean per channel, in units of 1 (not 255)
 * @param std per channel, in units of 1
 * @param headDim d, size of one vision attention head; a multiple of 4
 * @param ropeTheta base of the 2D rotary frequencies (10000)
 * @param positions the learned table of absolute positions
 */
public record PackingSpec(
    int patchSize,
    float[] mean,
    float[] std,
    int headDim,
    float ropeTheta,
    PositionTable positions) {

  /**
   * A learned position table.
   *
   * @param rows initial grid rows (64)
   * @param cols initial grid columns (64)
   * @param dim D, vision hidden size
   * @param values {@code rows * cols * dim}, row-major
   */
  public record PositionTable(int rows, int cols, int dim, float[] values) {}
}
