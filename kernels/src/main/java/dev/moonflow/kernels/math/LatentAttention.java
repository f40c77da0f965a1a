package dev.moonflow.kernels.math;

import dev.moonflow.kernels.math.PanelProduct.Rows;
import dev.moonflow.kernels.math.PanelProduct.Weights;

/**
 * Attention of one token's heads over a compressed KV cache, in the absorbed form of MLA (SPEC
 * section 8.1): all heads share the keys and values, so a page is read once for all of them.
 *
 * <p>A head's output depends on its query and on the tokens it sees alone: keys are reduced over
 * components in ascending order, values over the tokens of a page in ascending order and then over
 * pages. Prefill and decode therefore give the same bits.
 */
public final class LatentAttention {
  private LatentAttention() {}

  private static final Scratch PROBABILITIES = new Scratch();

  /**
   * out = softmax(scale q kᵀ) latent.
   *
   * @param pages the sequence's pages, in order
   * @param tokens tokens seen, from the first; at least 1
   * @param q [heads, r + d] from {@code qOffset}: each head's absorbed query, then its rotated rope
   *     query
   * @param out [heads, r] from {@code outOffset}, overwritten
   * @return the attention probabilities [heads, tokens]; the array is this thread's and serves its
   *     next call
   */
  public static float[] attend(
      LatentLayout layout,
      int layer,
      float[][] pages,
      int tokens,
      float[] q,
      int qOffset,
      int heads,
      float scale,
      float[] out,
      int outOffset) {
    float[] p = PROBABILITIES.atLeast(Math.multiplyExact(heads, tokens));
    Rows queries = new Rows(q, qOffset, layout.width());
    Rows scores = new Rows(p, 0, tokens);
    for (int from = 0; from < tokens; from += LatentLayout.TOKENS) {
      int count = Math.min(LatentLayout.TOKENS, tokens - from);
      float[] page = pages[from / LatentLayout.TOKENS];
      Weights keys = new Weights(page, layout.keys(layer), layout.keyPanel(), Lanes.PANEL);
      PanelProduct.run(queries, heads, keys, layout.width(), count, scores.at(0, from), false);
    }
    for (int h = 0; h < heads; h++) {
      Softmax.scaled(p, h * tokens, tokens, scale);
    }
    Rows sums = new Rows(out, outOffset, layout.rank());
    for (int from = 0; from < tokens; from += LatentLayout.TOKENS) {
      int count = Math.min(LatentLayout.TOKENS, tokens - from);
      float[] page = pages[from / LatentLayout.TOKENS];
      Weights values = new Weights(page, layout.values(layer), Lanes.PANEL, layout.valueStride());
      PanelProduct.run(scores.at(0, from), heads, values, count, layout.rank(), sums, from > 0);
    }
    return p;
  }
}
