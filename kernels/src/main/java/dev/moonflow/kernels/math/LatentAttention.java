package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import dev.moonflow.kernels.math.PanelProduct.Weights;

/**
 * Attention over a compressed KV cache, in the absorbed form of MLA (SPEC section 8.1): all heads
 * share the keys and values, so a page is read once for all of them, and once for several tokens of
 * one sequence.
 *
 * <p>A head's output depends on its query and on the tokens it sees alone: keys are reduced over
 * components in ascending order, values over the tokens of a page in ascending order and then over
 * pages. Prefill and decode therefore give the same bits, however tokens are taken together.
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
   * @return the attention probabilities [tokens, heads, seen + tokens - 1], of which token t has
   *     the first seen + t; the array is this thread's and serves its next call
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
    int stride = seen + tokens - 1;
    float[] p = PROBABILITIES.atLeast(Math.multiplyExact(tokens * heads, stride));
    Rows queries = new Rows(q, qOffset, layout.width());
    Rows scores = new Rows(p, 0, stride);
    eachPage(
        seen,
        tokens,
        heads,
        (page, row, rows, from, count) -> {
          Weights keys =
              new Weights(pages[page], layout.keys(layer), layout.keyPanel(), Lanes.PANEL);
          PanelProduct.run(
              queries.at(row, 0), rows, keys, layout.width(), count, scores.at(row, from), false);
        });
    for (int row = 0; row < tokens * heads; row++) {
      Softmax.scaled(p, row * stride, seen + row / heads, scale);
    }
    Rows sums = new Rows(out, outOffset, layout.rank());
    eachPage(
        seen,
        tokens,
        heads,
        (page, row, rows, from, count) -> {
          Weights values =
              new Weights(pages[page], layout.values(layer), Lanes.PANEL, layout.valueStride());
          PanelProduct.run(
              scores.at(row, from), rows, values, count, layout.rank(), sums.at(row, 0), from > 0);
        });
    return p;
  }

  /** Some rows of queries and the part of a page that they see. */
  private interface PagePart {
    void run(int page, int row, int rows, int from, int count);
  }

  /** Pages that all tokens see whole, for all rows together; then the rest, token by token. */
  private static void eachPage(int seen, int tokens, int heads, PagePart part) {
    int size = LatentLayout.TOKENS;
    int shared = seen / size * size;
    for (int from = 0; from < shared; from += size) {
      part.run(from / size, 0, tokens * heads, from, size);
    }
    for (int t = 0; t < tokens; t++) {
      for (int from = shared; from < seen + t; from += size) {
        part.run(from / size, t * heads, heads, from, Math.min(size, seen + t - from));
      }
    }
  }
}
