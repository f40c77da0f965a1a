package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import dev.moonflow.kernels.math.PanelProduct.Weights;

/**
 * Attention of patches to patches of the same image (SPEC section 5.4).
 *
 * <p>For each image and head, keys and values are first laid out as panels; then a few queries at a
 * time meet all keys, so that no more than {@value #QUERIES} rows of scores exist per thread. A
 * query's output is reduced in one order: over a key's components, over the keys in blocks of
 * {@value BlockedProduct#INPUTS}, whatever else is in the batch.
 */
public final class Attention {
  /** Queries whose scores are held at a time. */
  private static final int QUERIES = 32;

  private static final Scratch KEYS = new Scratch();
  private static final Scratch VALUES = new Scratch();
  private static final Scratch SCORES = new Scratch();

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
    WorkerPool.shared()
        .forEach(
            (cuSeqlens.length - 1) * heads,
            task -> {
              int first = cuSeqlens[task / heads];
              int rows = cuSeqlens[task / heads + 1] - first;
              int head = task % heads * headDim;
              int in = first * rowStride + head;
              int to = outOffset + first * heads * headDim + head;
              oneHead(
                  new Rows(q, qOffset + in, rowStride),
                  new Rows(k, kOffset + in, rowStride),
                  new Rows(v, vOffset + in, rowStride),
                  rows,
                  headDim,
                  scale,
                  new Rows(out, to, heads * headDim));
            });
  }

  private static void oneHead(Rows q, Rows k, Rows v, int rows, int dim, float scale, Rows out) {
    int panelSize = dim * Lanes.PANEL;
    int valueStride = Lanes.panels(dim) * Lanes.PANEL;
    float[] keyPanels = KEYS.atLeast(Math.multiplyExact(Lanes.panels(rows), panelSize));
    float[] valueRows = VALUES.atLeast(Math.multiplyExact(rows, valueStride));
    for (int r = 0; r < rows; r++) {
      int from = k.offset() + r * k.stride();
      int to = r / Lanes.PANEL * panelSize + r % Lanes.PANEL;
      for (int i = 0; i < dim; i++) {
        keyPanels[to + i * Lanes.PANEL] = k.values()[from + i];
      }
      System.arraycopy(v.values(), v.offset() + r * v.stride(), valueRows, r * valueStride, dim);
    }
    Weights keys = new Weights(keyPanels, 0, panelSize, Lanes.PANEL);
    Weights values = new Weights(valueRows, 0, Lanes.PANEL, valueStride);
    for (int from = 0; from < rows; from += QUERIES) {
      int some = Math.min(QUERIES, rows - from);
      queries(q.at(from, 0), some, keys, values, rows, dim, scale, out.at(from, 0));
    }
  }

  private static void queries(
      Rows q, int count, Weights keys, Weights values, int rows, int dim, float scale, Rows out) {
    int stride = Lanes.panels(rows) * Lanes.PANEL; // whole panels: what is past the rows is unused
    float[] p = SCORES.atLeast(Math.multiplyExact(count, stride));
    Rows scores = new Rows(p, 0, stride);
    PanelProduct.cached(q, count, keys, dim, stride, scores, false);
    for (int r = 0; r < count; r++) {
      Softmax.padded(p, r * stride, rows, scale);
    }
    for (int from = 0; from < rows; from += BlockedProduct.INPUTS) {
      int some = Math.min(BlockedProduct.INPUTS, rows - from);
      PanelProduct.run(scores.at(0, from), count, values.skip(0, from), some, dim, out, from > 0);
    }
  }
}
