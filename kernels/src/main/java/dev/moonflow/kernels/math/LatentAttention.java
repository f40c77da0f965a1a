package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import dev.moonflow.kernels.math.PanelProduct.Weights;
import java.util.Arrays;

/**
 * Attention over a compressed KV cache, in the absorbed form of MLA (SPEC section 8.1): all heads
 * share the keys and values, so a page is read once for all of them, and once for several tokens of
 * one sequence.
 *
 * <p>A head's output depends on its query and on the tokens it sees alone: keys are reduced over
 * components in ascending order, values over the tokens of a page in ascending order and then over
 * pages. Prefill and decode therefore give the same bits, however tokens are taken together: tokens
 * of one call share a page even where the first do not see all of it, and a key that a token does
 * not see has the probability 0, which changes no sum.
 */
public final class LatentAttention {
  private static final Scratch PROBABILITIES = new Scratch();

  private LatentAttention() {}

  /**
   * out = softmax(scale q kᵀ) latent, for consecutive tokens of one sequence.
   *
   * @param pages the sequence's pages, in order
   * @param seen tokens that the first of the tokens sees, itself included; each next one sees one
   *     more
   * @param tokens how many; at least 1
   * @param q [tokens, heads, r + d] from {@code qOffset}: each head's absorbed query, then its
   *     rotated rope query
   * @param out [tokens, heads, r] from {@code outOffset}, overwritten
   * @return the attention probabilities [tokens, heads, {@link #stride}], of which token t has the
   *     first seen + t and then zeros; the array is this thread's and serves its next call
   */
  public static float[] attend(
      LatentLayout layout,
      int layer,
      float[][] pages,
      int seen,
      int tokens,
      float[] q,
      int qOffset,
      int heads,
      float scale,
      float[] out,
      int outOffset) {
    int last = seen + tokens - 1;
    int stride = stride(last);
    float[] p = PROBABILITIES.atLeast(Math.multiplyExact(tokens * heads, stride));
    Rows queries = new Rows(q, qOffset, layout.width());
    Rows scores = new Rows(p, 0, stride);
    for (int from = 0; from < last; from += LatentLayout.TOKENS) {
      int row = firstToSee(from, seen) * heads;
      int count = stride(Math.min(LatentLayout.TOKENS, last - from)); // whole panels of keys
      Weights keys =
          new Weights(
              pages[from / LatentLayout.TOKENS],
              layout.keys(layer),
              layout.keyPanel(),
              Lanes.PANEL);
      PanelProduct.run(
          queries.at(row, 0),
          tokens * heads - row,
          keys,
          layout.width(),
          count,
          scores.at(row, from),
          false);
    }
    for (int row = 0; row < tokens * heads; row++) {
      int sees = seen + row / heads;
      Softmax.padded(p, row * stride, sees, scale);
      Arrays.fill(p, row * stride + stride(sees), (row + 1) * stride, 0f);
    }
    Rows sums = new Rows(out, outOffset, layout.rank());
    for (int from = 0; from < last; from += LatentLayout.TOKENS) {
      int row = firstToSee(from, seen) * heads;
      Weights values =
          new Weights(
              pages[from / LatentLayout.TOKENS],
              layout.values(layer),
              Lanes.PANEL,
              layout.valueStride());
      PanelProduct.run(
          scores.at(row, from),
          tokens * heads - row,
          values,
          Math.min(LatentLayout.TOKENS, last - from),
          layout.rank(),
          sums.at(row, 0),
          from > 0);
    }
    return p;
  }

  /** From one row of probabilities to the next where {@code seen} tokens are seen. */
  public static int stride(int seen) {
    return Lanes.panels(seen) * Lanes.PANEL;
  }

  /** The first token that sees the page's first. */
  private static int firstToSee(int from, int seen) {
    return Math.max(0, from + 1 - seen);
  }
}
