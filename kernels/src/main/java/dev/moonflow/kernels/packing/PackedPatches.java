package dev.moonflow.kernels.packing;

/**
 * Any number of images of any size, back to back, with no padding between them. L is the number of
 * patches of all images.
 *
 * @param patches [L, 3, p, p] normalised pixels; patches of an image row-major over its grid
 * @param gridRows [images] patches down each image
 * @param gridCols [images] patches across each image
 * @param cuSeqlens [images + 1] cumulative patch counts, from 0 to L
 * @param ropeCos [L, d/2] cosines of the 2D rotary angles: even slots follow the column, odd the
 *     row
 * @param ropeSin [L, d/2] sines of the same
 * @param positions [L, D] the position table interpolated to each image's grid (SPEC appendix B)
 */
public record PackedPatches(
    float[] patches,
    int[] gridRows,
    int[] gridCols,
    int[] cuSeqlens,
    float[] ropeCos,
    float[] ropeSin,
    float[] positions) {

  /** L. */
  public int patchCount() {
    return cuSeqlens[cuSeqlens.length - 1];
  }
}
