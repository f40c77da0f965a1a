package dev.moonflow.model.constraint;

import dev.moonflow.model.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The ordinary tokens by their bytes, as a trie in preorder: a walk over it is one pass over
 * arrays, and a subtree is passed over by one jump. Immutable.
 *
 * <pre>
 *   tokens a, an, at, b      node   0    1    2    3
 *                            label  a    n    t    b
 *                            depth  0    1    1    0
 *                            end    3    2    3    4     the first node behind the subtree
 *                            token  0    1    2    3     or -1
 * </pre>
 */
final class TokenTrie {
  /** Stands where no token ends. */
  static final int NONE = -1;

  private final byte[][] tokens;
  private int nodes;
  private byte[] label;
  private short[] depth;
  private int[] end;
  private int[] token;
  private int deepest;
  private final int[] roots = new int[257];

  /** The trie of a tokenizer. */
  TokenTrie(Tokenizer tokenizer) {
    int count = 0;
    while (count < tokenizer.vocabSize() && !tokenizer.specials().contains(count)) {
      count++;
    }
    tokens = new byte[count][];
    for (int id = 0; id < count; id++) {
      tokens[id] = tokenizer.bytes(id);
    }
    label = new byte[2 * count];
    depth = new short[2 * count];
    end = new int[2 * count];
    token = new int[2 * count];
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> i);
    build(ids, 0, count, 0, new int[count]);
    label = Arrays.copyOf(label, nodes);
    depth = Arrays.copyOf(depth, nodes);
    end = Arrays.copyOf(end, nodes);
    token = Arrays.copyOf(token, nodes);
    Arrays.fill(roots, NONE);
    for (int node = 0; node < nodes; node = end[node]) {
      roots[label[node] & 0xff] = node;
    }
  }

  /**
   * Adds the tokens of {@code ids[from, to)}, which are longer than {@code at} and agree so far.
   */
  private void build(int[] ids, int from, int to, int at, int[] scratch) {
    int[] begin = new int[257];
    for (int i = from; i < to; i++) {
      begin[(tokens[ids[i]][at] & 0xff) + 1]++;
    }
    for (int b = 0; b < 256; b++) {
      begin[b + 1] += begin[b];
    }
    int[] fill = begin.clone();
    for (int i = from; i < to; i++) {
      scratch[from + fill[tokens[ids[i]][at] & 0xff]++] = ids[i];
    }
    System.arraycopy(scratch, from, ids, from, to - from);
    for (int b = 0; b < 256; b++) {
      if (begin[b] < begin[b + 1]) {
        child(ids, from + begin[b], from + begin[b + 1], at, b, scratch);
      }
    }
  }

  private void child(int[] ids, int from, int to, int at, int b, int[] scratch) {
    if (nodes == label.length) {
      label = Arrays.copyOf(label, 2 * nodes);
      depth = Arrays.copyOf(depth, 2 * nodes);
      end = Arrays.copyOf(end, 2 * nodes);
      token = Arrays.copyOf(token, 2 * nodes);
    }
    int node = nodes++;
    label[node] = (byte) b;
    depth[node] = (short) at;
    token[node] = NONE;
    deepest = Math.max(deepest, at + 1);
    int longer = from;
    for (int i = from; i < to; i++) { // at most one token ends here: all differ
      if (tokens[ids[i]].length == at + 1) {
        token[node] = ids[i];
        int first = ids[longer];
        ids[longer++] = ids[i];
        ids[i] = first;
      }
    }
    if (longer < to) {
      build(ids, longer, to, at + 1, scratch);
    }
    end[node] = nodes;
  }

  /** Bytes of a token; not to be written. */
  byte[] bytes(int id) {
    return tokens[id];
  }

  /** Whether an id is an ordinary token. */
  boolean contains(int id) {
    return id < tokens.length;
  }

  int nodes() {
    return nodes;
  }

  /** Bytes of the longest token. */
  int deepest() {
    return deepest;
  }

  int label(int node) {
    return label[node] & 0xff;
  }

  int depth(int node) {
    return depth[node];
  }

  int end(int node) {
    return end[node];
  }

  /** The token that ends in a node, or {@link #NONE}. */
  int token(int node) {
    return token[node];
  }

  /** The node of a first byte, or {@link #NONE}. */
  int root(int b) {
    return roots[b];
  }

  /** The node below another, or {@link #NONE}. */
  int child(int node, int b) {
    for (int below = node + 1; below < end[node]; below = end[below]) {
      if ((label[below] & 0xff) == b) {
        return below;
      }
    }
    return NONE;
  }
}
