package dev.moonflow.model.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The new tokens of some spans, one after the other: T rows. Making one changes nothing; {@link
 * #reserve} takes the pages and {@link #commit} counts the tokens.
 */
public final class TokenBatch {
  private final List<Span> spans;
  private final KvCache cache;
  private final int tokens;
  private final KvSequence[] sequences; // [T]
  private final int[] positions; // [T]

  /**
   * A batch.
   *
   * @param spans at least one; each sequence at most once; all of one cache
   */
  public TokenBatch(List<Span> spans) {
    if (spans.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one span");
    }
    this.spans = List.copyOf(spans);
    this.cache = spans.get(0).sequence().cache();
    this.tokens = spans.stream().mapToInt(Span::count).reduce(0, Math::addExact);
    this.sequences = new KvSequence[tokens];
    this.positions = new int[tokens];
    Set<KvSequence> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    int row = 0;
    for (Span span : spans) {
      if (span.sequence().cache() != cache || !seen.add(span.sequence())) {
        throw new IllegalArgumentException(
            "spans of a batch must be of different sequences of one cache");
      }
      span.sequence().requireOpen();
      for (int i = 0; i < span.count(); i++) {
        sequences[row] = span.sequence();
        positions[row++] = span.sequence().length() + i;
      }
    }
  }

  private TokenBatch(TokenBatch whole, int[] rows, List<Span> spans) {
    this.spans = spans;
    cache = whole.cache;
    tokens = rows.length;
    sequences = new KvSequence[tokens];
    positions = new int[tokens];
    for (int i = 0; i < tokens; i++) {
      sequences[i] = whole.sequences[rows[i]];
      positions[i] = whole.positions[rows[i]];
    }
  }

  /**
   * The tokens that need logits, in order, as a batch that reads the cache and never grows it.
   *
   * @throws IllegalStateException if there are none
   */
  TokenBatch withLogits() {
    List<Span> last = new ArrayList<>();
    for (Span span : spans) {
      if (span.logitRows() > 0) {
        int rows = span.logitRows();
        last.add(new Span(span.sequence(), span.embeddings(), span.offset(), rows, rows));
      }
    }
    if (last.isEmpty()) {
      throw new IllegalStateException("no token of the batch needs logits");
    }
    return new TokenBatch(this, logitRows(), List.copyOf(last));
  }

  /** T. */
  public int tokens() {
    return tokens;
  }

  /** Position of a token in its sequence. */
  public int position(int row) {
    return positions[row];
  }

  KvCache cache() {
    return cache;
  }

  List<Span> spans() {
    return spans;
  }

  /** The pages that hold a token and those before it. */
  float[][] pages(int row) {
    return sequences[row].pages();
  }

  /** Rows that need logits, in order. */
  int[] logitRows() {
    int count = spans.stream().mapToInt(Span::logitRows).sum();
    int[] rows = new int[count];
    int at = 0;
    int end = 0;
    for (Span span : spans) {
      end += span.count();
      for (int row = end - span.logitRows(); row < end; row++) {
        rows[at++] = row;
      }
    }
    return rows;
  }

  /**
   * Takes the pages that the tokens need.
   *
   * @throws IllegalStateException if the cache has too few; then none is taken
   */
  public void reserve() {
    int pages = spans.stream().mapToInt(span -> span.sequence().pagesToGrow(span.count())).sum();
    if (pages > cache.freePages()) {
      throw new IllegalStateException(
          "the batch needs "
              + pages
              + " pages of the KV cache and "
              + cache.freePages()
              + " are free");
    }
    spans.forEach(span -> span.sequence().reserve(span.count()));
  }

  /** Counts the tokens as part of their sequences. */
  public void commit() {
    spans.forEach(span -> span.sequence().advance(span.count()));
  }
}
