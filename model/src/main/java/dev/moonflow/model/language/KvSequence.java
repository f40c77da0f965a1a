package dev.moonflow.model.language;

import dev.moonflow.kernels.math.LatentLayout;
import java.util.Arrays;

/**
 * The compressed KV of one sequence: a list of pages and how many tokens they hold. Belongs to the
 * thread that runs the model.
 */
public final class KvSequence implements AutoCloseable {
  private static final float[][] NO_PAGES = {};

  private final KvCache cache;
  private float[][] pages = NO_PAGES;
  private int length;
  private boolean closed;

  KvSequence(KvCache cache) {
    this.cache = cache;
  }

  /** Tokens computed so far; the position of the next one. */
  public int length() {
    return length;
  }

  /** Pages that {@code tokens} more tokens would take from the pool. */
  public int pagesToGrow(int tokens) {
    return KvCache.pagesFor(Math.addExact(length, tokens)) - pages.length;
  }

  /** Gives all pages back; nothing more can be computed. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (float[] page : pages) {
        cache.giveBack(page);
      }
      pages = NO_PAGES;
      length = 0;
    }
  }

  /**
   * A copy of the first page, for sequences that begin with the same tokens: the KV of a token
   * depends on those before it alone.
   *
   * @param tokens how many of its tokens are wanted; at most {@link #length} and a page
   */
  public float[] copyOfFirstPage(int tokens) {
    requireOpen();
    if (tokens < 1 || tokens > Math.min(length, LatentLayout.TOKENS)) {
      throw new IllegalArgumentException(
          tokens + " tokens of the first page of a sequence of " + length);
    }
    float[] copy = new float[cache.layout().pageSize()];
    cache.layout().copy(pages[0], copy, tokens);
    return copy;
  }

  /**
   * Begins with the KV of known tokens instead of computing it.
   *
   * @param page as {@link #copyOfFirstPage} gave it, of a sequence of the same model
   * @throws IllegalStateException if the sequence has begun, or the pool has no page left
   */
  public void begin(float[] page, int tokens) {
    requireOpen();
    if (length > 0) {
      throw new IllegalStateException("the sequence has begun");
    }
    reserve(tokens);
    cache.layout().copy(page, pages[0], tokens);
    advance(tokens);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the sequence is closed");
    }
  }

  KvCache cache() {
    return cache;
  }

  float[][] pages() {
    return pages;
  }

  /** Takes the pages for {@code tokens} more tokens; the length stays. */
  void reserve(int tokens) {
    int from = pages.length;
    pages = Arrays.copyOf(pages, from + pagesToGrow(tokens));
    for (int i = from; i < pages.length; i++) {
      pages[i] = cache.take();
    }
  }

  /** Counts {@code tokens} more tokens, now written in all layers. */
  void advance(int tokens) {
    length += tokens;
  }
}
