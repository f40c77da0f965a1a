package dev.moonflow.model.language;

import dev.moonflow.kernels.math.LatentLayout;
import dev.moonflow.model.checkpoint.TextConfig;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A pool of KV pages with a limit. Sequences take pages as they grow and give them back when they
 * are closed; pages are made at first use and kept for reuse.
 *
 * <p>Counts may be read from any thread; everything else belongs to the thread that runs the model.
 * {@link LatentLayout} draws a page.
 */
public final class KvCache {
  private final LatentLayout layout;
  private final int maxPages;
  private final Deque<float[]> free = new ArrayDeque<>();
  private volatile int usedPages;

  /**
   * An empty pool.
   *
   * @param maxTokens tokens of all sequences together, rounded up to whole pages of {@value
   *     LatentLayout#TOKENS}; at least 1
   */
  public KvCache(TextConfig config, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("the KV cache needs at least 1 token, got " + maxTokens);
    }
    this.layout = new LatentLayout(config.layers(), config.kvLoraRank(), config.qkRopeHeadDim());
    this.maxPages = pagesFor(maxTokens);
  }

  /** An empty sequence of this pool. */
  public KvSequence open() {
    return new KvSequence(this);
  }

  /** Tokens that fit, in whole pages. */
  public long capacityTokens() {
    return (long) maxPages * LatentLayout.TOKENS;
  }

  /** Tokens of the pages that sequences hold, unused slots included. */
  public long usedTokens() {
    return (long) usedPages * LatentLayout.TOKENS;
  }

  /** Pages that sequences may still take. */
  public int freePages() {
    return maxPages - usedPages;
  }

  /** Pages that a sequence of so many tokens holds. */
  public static int pagesFor(int tokens) {
    return (int) (((long) tokens + LatentLayout.TOKENS - 1) / LatentLayout.TOKENS);
  }

  LatentLayout layout() {
    return layout;
  }

  float[] take() {
    if (usedPages == maxPages) {
      throw new IllegalStateException("all " + maxPages + " pages of the KV cache are in use");
    }
    usedPages = usedPages + 1;
    float[] page = free.poll();
    return page == null ? new float[layout.pageSize()] : page;
  }

  void giveBack(float[] page) {
    usedPages = usedPages - 1;
    free.push(page);
  }
}
