package dev.moonflow.model.constraint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A nondeterministic automaton over bytes that is being put together: forms append themselves
 * behind a node and return the node where they end. Edges of a node are a linked list.
 */
final class ByteNfa {
  /** Nodes at most: a bound of the work that a constraint may ask for. */
  static final int NODES_MAX = 1 << 18;

  private static final int NONE = -1;
  private static final int EMPTY = -1;

  private int nodes;
  private int edges;
  private int[] head = new int[64];
  private int[] next = new int[64];
  private int[] target = new int[64];
  private short[] low = new short[64]; // EMPTY for an edge without a byte
  private short[] high = new short[64];
  private boolean tooLarge;

  ByteNfa() {
    node();
  }

  int start() {
    return 0;
  }

  int size() {
    return nodes;
  }

  /** Whether more nodes were asked for than there may be; the automaton is then of no use. */
  boolean isTooLarge() {
    return tooLarge;
  }

  /** A new node; past the limit an old one, so that whoever builds need not ask each time. */
  int node() {
    if (nodes == NODES_MAX) {
      tooLarge = true;
      return nodes - 1;
    }
    if (nodes == head.length) {
      head = Arrays.copyOf(head, 2 * nodes);
    }
    head[nodes] = NONE;
    return nodes++;
  }

  /** An edge that takes no byte. */
  void skip(int from, int to) {
    edge(from, to, EMPTY, EMPTY);
  }

  /** An edge that takes a byte of a range, both ends in it. */
  void bytes(int from, int to, int first, int last) {
    edge(from, to, first, last);
  }

  private void edge(int from, int to, int first, int last) {
    if (tooLarge) {
      return;
    }
    if (edges == next.length) {
      next = Arrays.copyOf(next, 2 * edges);
      target = Arrays.copyOf(target, 2 * edges);
      low = Arrays.copyOf(low, 2 * edges);
      high = Arrays.copyOf(high, 2 * edges);
    }
    next[edges] = head[from];
    target[edges] = to;
    low[edges] = (short) first;
    high[edges] = (short) last;
    head[from] = edges++;
  }

  /** Appends a text in UTF-8. */
  int text(int from, String text) {
    int at = from;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int to = node();
      bytes(at, to, b & 0xff, b & 0xff);
      at = to;
    }
    return at;
  }

  /** The first edge of a node, or a negative number. */
  int firstEdge(int node) {
    return head[node];
  }

  int nextEdge(int edge) {
    return next[edge];
  }

  int target(int edge) {
    return target[edge];
  }

  boolean isSkip(int edge) {
    return low[edge] == EMPTY;
  }

  int low(int edge) {
    return low[edge];
  }

  int high(int edge) {
    return high[edge];
  }

  int edges() {
    return edges;
  }
}
