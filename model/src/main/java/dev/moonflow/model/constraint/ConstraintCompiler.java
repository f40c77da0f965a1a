package dev.moonflow.model.constraint;

import dev.moonflow.model.tokenizer.Tokenizer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compiles constraints for one model and remembers the last ones, so that a stream of events with
 * the same constraint pays once. Thread-safe; the vocabulary's trie is made at the first
 * constraint.
 */
public final class ConstraintCompiler {
  /** Memory of what is remembered. */
  private static final long BYTES_MAX = 128L << 20;

  private final Tokenizer tokenizer;
  private final int vocab;
  private final int[] stops;
  private final long bytesMax;
  private final Map<Constraint, TokenConstraint> compiled = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private TokenTrie trie;

  /**
   * A compiler for a model.
   *
   * @param vocab ids that the model has logits for, at least those of the tokenizer
   * @param stops what ends an answer
   */
  public ConstraintCompiler(Tokenizer tokenizer, int vocab, int[] stops) {
    this(tokenizer, vocab, stops, BYTES_MAX);
  }

  ConstraintCompiler(Tokenizer tokenizer, int vocab, int[] stops, long bytesMax) {
    this.tokenizer = tokenizer;
    this.vocab = vocab;
    this.stops = stops.clone();
    this.bytesMax = bytesMax;
  }

  /**
   * The tokens of a constraint.
   *
   * @throws ConstraintException in one sentence if the constraint cannot be used
   */
  public TokenConstraint compile(Constraint constraint) throws ConstraintException {
    synchronized (compiled) {
      TokenConstraint known = compiled.get(constraint);
      if (known != null) {
        return known;
      }
    }
    // Two threads may do the same work at once; both come to the same tokens.
    TokenConstraint made = new TokenConstraint(constraint.compile(), trie(), vocab, stops);
    synchronized (compiled) {
      TokenConstraint earlier = compiled.putIfAbsent(constraint, made);
      if (earlier != null) {
        return earlier;
      }
      bytes += made.bytes();
      Iterator<TokenConstraint> eldest = compiled.values().iterator();
      while (bytes > bytesMax && compiled.size() > 1) {
        bytes -= eldest.next().bytes();
        eldest.remove();
      }
      return made;
    }
  }

  private synchronized TokenTrie trie() {
    if (trie == null) {
      trie = new TokenTrie(tokenizer);
    }
    return trie;
  }
}
