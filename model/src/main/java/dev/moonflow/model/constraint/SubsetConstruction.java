package dev.moonflow.model.constraint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The subset construction: a nondeterministic automaton to a deterministic one. Bytes that no edge
 * tells apart share a class, which keeps the table small. Belongs to one run.
 */
final class SubsetConstruction {
  /** States at most. */
  static final int STATES_MAX = 1 << 15;

  /** Nodes visited at most, over all closures: a bound of the time that a constraint may take. */
  private static final long VISITS_MAX = 40_000_000;

  private final ByteNfa nfa;
  private final int end;
  private final byte[] classOf = new byte[256];
  private final int classes;

  private final Map<Subset, Integer> states = new HashMap<>();
  private int[][] members = new int[64][];
  private int[] table;
  private boolean[] accepting = new boolean[64];
  private int count;
  private long visits;

  private final int[] mark;
  private int stamp;
  private int[] stack = new int[64];
  private int[] found = new int[64];

  private record Subset(int[] nodes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Subset that && Arrays.equals(nodes, that.nodes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(nodes);
    }
  }

  private SubsetConstruction(ByteNfa nfa, int end) {
    this.nfa = nfa;
    this.end = end;
    mark = new int[nfa.size()];
    classes = classify();
    table = new int[64 * classes];
  }

  /**
   * The deterministic automaton.
   *
   * @param end the one accepting node
   * @throws ConstraintException if it would be too large or accepts nothing
   */
  static ByteAutomaton run(ByteNfa nfa, int end) throws ConstraintException {
    if (nfa.isTooLarge()) {
      throw tooLarge();
    }
    SubsetConstruction construction = new SubsetConstruction(nfa, end);
    construction.explore();
    ByteAutomaton automaton =
        ByteAutomaton.of(
            construction.classOf,
            construction.classes,
            Arrays.copyOf(construction.table, construction.count * construction.classes),
            Arrays.copyOf(construction.accepting, construction.count));
    if (automaton == null) {
      throw new ConstraintException("the constraint accepts no answer at all.");
    }
    return automaton;
  }

  private static ConstraintException tooLarge() {
    return new ConstraintException(
        "the constraint is too large: its automaton has more than "
            + STATES_MAX
            + " states; shorten its repetitions, lengths or lists.");
  }

  /** Bytes between the same bounds of edges are one class. */
  private int classify() {
    boolean[] begins = new boolean[257];
    for (int edge = 0; edge < nfa.edges(); edge++) {
      if (!nfa.isSkip(edge)) {
        begins[nfa.low(edge)] = true;
        begins[nfa.high(edge) + 1] = true;
      }
    }
    int number = 0;
    for (int b = 0; b < 256; b++) {
      number += b > 0 && begins[b] ? 1 : 0;
      classOf[b] = (byte) number;
    }
    return number + 1;
  }

  private void explore() throws ConstraintException {
    stack[0] = nfa.start();
    add(close(1));
    int[][] targets = new int[classes][16];
    int[] sizes = new int[classes];
    for (int state = 0; state < count; state++) {
      Arrays.fill(sizes, 0);
      for (int node : members[state]) {
        collect(node, targets, sizes);
      }
      for (int c = 0; c < classes; c++) {
        int to = ByteAutomaton.DEAD;
        if (sizes[c] > 0) {
          stack = stack.length < sizes[c] ? new int[2 * sizes[c]] : stack;
          System.arraycopy(targets[c], 0, stack, 0, sizes[c]);
          to = add(close(sizes[c]));
        }
        table[state * classes + c] = to;
      }
      members[state] = null;
    }
  }

  private void collect(int node, int[][] targets, int[] sizes) {
    for (int edge = nfa.firstEdge(node); edge >= 0; edge = nfa.nextEdge(edge)) {
      if (!nfa.isSkip(edge)) {
        int last = classOf[nfa.high(edge)] & 0xff;
        for (int c = classOf[nfa.low(edge)] & 0xff; c <= last; c++) {
          if (sizes[c] == targets[c].length) {
            targets[c] = Arrays.copyOf(targets[c], 2 * sizes[c]);
          }
          targets[c][sizes[c]++] = nfa.target(edge);
        }
      }
    }
  }

  /** The nodes reachable from the stack's first nodes without a byte, those that matter, sorted. */
  private int[] close(int seeds) throws ConstraintException {
    stamp++;
    int top = 0;
    int n = 0;
    for (int i = 0; i < seeds; i++) {
      if (mark[stack[i]] != stamp) {
        mark[stack[i]] = stamp;
        stack[top++] = stack[i];
      }
    }
    while (top > 0) {
      int node = stack[--top];
      boolean matters = node == end;
      visits++;
      for (int edge = nfa.firstEdge(node); edge >= 0; edge = nfa.nextEdge(edge)) {
        int to = nfa.target(edge);
        if (!nfa.isSkip(edge)) {
          matters = true;
        } else if (mark[to] != stamp) {
          mark[to] = stamp;
          if (top == stack.length) {
            stack = Arrays.copyOf(stack, 2 * top);
          }
          stack[top++] = to;
        }
      }
      if (matters) {
        if (n == found.length) {
          found = Arrays.copyOf(found, 2 * n);
        }
        found[n++] = node;
      }
    }
    if (visits > VISITS_MAX) {
      throw tooLarge();
    }
    int[] nodes = Arrays.copyOf(found, n);
    Arrays.sort(nodes);
    return nodes;
  }

  private int add(int[] nodes) throws ConstraintException {
    Integer known = states.putIfAbsent(new Subset(nodes), count);
    if (known != null) {
      return known;
    }
    if (count == STATES_MAX) {
      throw tooLarge();
    }
    if (count == members.length) {
      members = Arrays.copyOf(members, 2 * count);
      accepting = Arrays.copyOf(accepting, 2 * count);
      table = Arrays.copyOf(table, 2 * count * classes);
    }
    members[count] = nodes;
    accepting[count] = Arrays.binarySearch(nodes, end) >= 0;
    return count++;
  }
}
