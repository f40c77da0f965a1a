package dev.moonflow.kernels.math;

/** Attention of patches to patches of the same image (SPEC section 5.4). */
public final class Attention {
  private Attention() {}

  /**
   * Block-diagonal attention, not causal: out = softmax(scale q kᵀ) v for each image and head.
   *
   * <p>Row r, head h of q starts at {@code qOffset + r * rowStride + h * headDim}, and likewise k
   * and v, so all three may lie in one [L, 3, heads, headDim] array.
   *
   * @param cuSeqlens [images + 1] cumulative row counts from 0 to L
   * @param scale 1 / sqrt(headDim), usually
   * @param out [L, heads, headDim] from {@code outOffset}, overwritten; must not overlap the input
   */
  public static void blockDiagonal(
      float[] q,
      int qOffset,
      float[] k,
      int kOffset,
      float[] v,
      int vOffset,
      int rowStride,
      int heads,
      int headDim,
      int[] cuSeqlens,
      float scale,
      float[] out,
      int outOffset) {
    throw new UnsupportedOperationException("written next");
  }
}
