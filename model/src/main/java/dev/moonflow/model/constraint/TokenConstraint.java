package dev.moonflow.model.constraint;

import java.util.Arrays;

/**
 * The tokens that keep an answer to its constraint. States are those of the automaton. Thread-safe;
 * shared by every request with the same constraint.
 *
 * <p>Masks are made when a state is first met and kept up to {@link #MASK_BYTES_MAX}, the oldest
 * leaving first; a mask made again is the same mask.
 */
public final class TokenConstraint {
  /** Where every answer begins. */
  public static final int START = 0;

  /** Memory of the masks of one constraint. */
  static final int MASK_BYTES_MAX = 8 << 20;

  private final ByteAutomaton automaton;
  private final TokenTrie trie;
  private final int words;
  private final int[] stops;
  private final int[] tokensToEnd;
  private final Mask[] masks;
  private final int[] kept; // a ring of the states that have masks
  private int oldest;
  private int keptCount;

  /** The allowed tokens of a state, and the tokens that the worst of them leaves to the end. */
  private record Mask(long[] bits, int worst) {}

  /**
   * Constraint and vocabulary brought together.
   *
   * @param vocab ids that the model has logits for
   * @param stops what ends an answer
   */
  TokenConstraint(ByteAutomaton automaton, TokenTrie trie, int vocab, int[] stops) {
    this.automaton = automaton;
    this.trie = trie;
    this.words = (vocab + 63) / 64;
    this.stops = stops;
    this.tokensToEnd = countTokensToEnd();
    this.masks = new Mask[automaton.states()];
    this.kept = new int[Math.max(1, MASK_BYTES_MAX / (8 * words))];
  }

  /**
   * For each state, the fewest tokens that spell its shortest string to acceptance. States in the
   * order of their distance, so that what lies ahead is known; all single bytes are tokens.
   */
  private int[] countTokensToEnd() {
    int states = automaton.states();
    int[] order = byDistance(states);
    int[] tokens = new int[states];
    for (int state : order) {
      if (automaton.distance(state) > 0) {
        int fewest = Integer.MAX_VALUE;
        int at = state;
        int node = TokenTrie.NONE;
        for (int left = automaton.distance(state); left > 0; left--) {
          int b = automaton.nearest(at);
          node = at == state ? trie.root(b) : trie.child(node, b);
          if (node == TokenTrie.NONE) {
            break;
          }
          at = automaton.next(at, b);
          if (trie.token(node) != TokenTrie.NONE) {
            fewest = Math.min(fewest, 1 + tokens[at]);
          }
        }
        tokens[state] = fewest;
      }
    }
    return tokens;
  }

  private int[] byDistance(int states) {
    long[] keys = new long[states];
    int reached = 0;
    for (int state = 0; state < states; state++) {
      if (automaton.distance(state) != Integer.MAX_VALUE) {
        keys[reached++] = (long) automaton.distance(state) << 32 | state;
      }
    }
    Arrays.sort(keys, 0, reached);
    int[] order = new int[reached];
    for (int i = 0; i < reached; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  /**
   * The state behind a token, or {@link ByteAutomaton#DEAD} if the token is not allowed. A stop
   * token has no state behind it.
   */
  public int next(int state, int token) {
    return trie.contains(token) ? automaton.next(state, trie.bytes(token)) : ByteAutomaton.DEAD;
  }

  /** Whether an answer may end here. */
  public boolean accepts(int state) {
    return automaton.accepts(state);
  }

  /** Whether an answer must end here. */
  public boolean isFinal(int state) {
    return automaton.accepts(state) && automaton.isFinal(state);
  }

  /** Tokens, without a stop token, that surely suffice to end an answer from here. */
  public int tokensToEnd(int state) {
    return tokensToEnd[state];
  }

  /**
   * The allowed tokens as bits, id by id; not to be written. There is at least one if {@code left}
   * is at least 1 and at least {@link #tokensToEnd}.
   *
   * @param left tokens that may still be generated, the one to be chosen included
   */
  public long[] mask(int state, int left) {
    Mask mask = mask(state);
    return mask.worst() < left ? mask.bits() : make(state, left).bits();
  }

  private synchronized Mask mask(int state) {
    if (masks[state] == null) {
      int slot = (oldest + keptCount) % kept.length;
      if (keptCount == kept.length) {
        masks[kept[oldest]] = null;
        oldest = (oldest + 1) % kept.length;
      } else {
        keptCount++;
      }
      kept[slot] = state;
      masks[state] = make(state, Integer.MAX_VALUE);
    }
    return masks[state];
  }

  /** One pass over the trie, the state of each depth at hand. */
  private Mask make(int state, int left) {
    long[] bits = new long[words];
    int worst = 0;
    int[] path = new int[trie.deepest() + 1];
    path[0] = state;
    int nodes = trie.nodes();
    for (int node = 0; node < nodes; ) {
      int depth = trie.depth(node);
      int to = automaton.next(path[depth], trie.label(node));
      if (to == ByteAutomaton.DEAD) {
        node = trie.end(node);
        continue;
      }
      path[depth + 1] = to;
      int token = trie.token(node);
      if (token != TokenTrie.NONE && tokensToEnd[to] < left) {
        bits[token >> 6] |= 1L << token;
        worst = Math.max(worst, tokensToEnd[to]);
      }
      node++;
    }
    boolean mayEnd = automaton.accepts(state);
    for (int stop : stops) {
      long bit = 1L << stop;
      bits[stop >> 6] = mayEnd ? bits[stop >> 6] | bit : bits[stop >> 6] & ~bit;
    }
    return new Mask(bits, worst);
  }

  /** Bytes of memory at most, about. */
  long bytes() {
    long masksMax = Math.min((long) automaton.states() * 8 * words, MASK_BYTES_MAX);
    return automaton.bytes() + 12L * automaton.states() + masksMax;
  }
}
