package dev.moonflow.model.constraint;

import java.util.Arrays;

/**
 * A deterministic automaton over bytes. Every state but {@link #DEAD} leads to acceptance, and
 * knows the shortest way there, the lowest byte first. Immutable.
 */
public final class ByteAutomaton {
  /** No state: nothing that is accepted begins like this. */
  public static final int DEAD = -1;

  private static final int UNREACHED = Integer.MAX_VALUE;

  private final byte[] classOf;
  private final int classes;
  private final int[] table; // [states, classes]
  private final boolean[] accepting;
  private final int[] distance; // bytes to acceptance
  private final byte[] nearest; // the next of them

  private ByteAutomaton(byte[] classOf, int classes, int[] table, boolean[] accepting) {
    this.classOf = classOf;
    this.classes = classes;
    this.table = table;
    this.accepting = accepting;
    this.distance = distances();
    this.nearest = new byte[accepting.length];
    for (int i = 0; i < table.length; i++) {
      if (table[i] != DEAD && distance[table[i]] == UNREACHED) {
        table[i] = DEAD;
      }
    }
    for (int state = 0; state < accepting.length; state++) {
      nearest[state] = firstStep(state);
    }
  }

  /** An automaton of these tables, which it keeps, beginning in state 0; null if it is empty. */
  static ByteAutomaton of(byte[] classOf, int classes, int[] table, boolean[] accepting) {
    ByteAutomaton automaton = new ByteAutomaton(classOf, classes, table, accepting);
    return automaton.distance[0] == UNREACHED ? null : automaton;
  }

  /** Breadth first, from the accepting states backwards over counted edges. */
  private int[] distances() {
    int states = accepting.length;
    int[] begin = new int[states + 1];
    for (int to : table) {
      if (to != DEAD) {
        begin[to + 1]++;
      }
    }
    for (int i = 0; i < states; i++) {
      begin[i + 1] += begin[i];
    }
    int[] sources = new int[begin[states]];
    int[] fill = Arrays.copyOf(begin, states);
    for (int i = 0; i < table.length; i++) {
      if (table[i] != DEAD) {
        sources[fill[table[i]]++] = i / classes;
      }
    }
    int[] far = new int[states];
    Arrays.fill(far, UNREACHED);
    int[] queue = new int[states];
    int tail = 0;
    for (int state = 0; state < states; state++) {
      if (accepting[state]) {
        far[state] = 0;
        queue[tail++] = state;
      }
    }
    for (int head = 0; head < tail; head++) {
      int to = queue[head];
      for (int i = begin[to]; i < begin[to + 1]; i++) {
        if (far[sources[i]] == UNREACHED) {
          far[sources[i]] = far[to] + 1;
          queue[tail++] = sources[i];
        }
      }
    }
    return far;
  }

  private byte firstStep(int state) {
    if (distance[state] == 0 || distance[state] == UNREACHED) {
      return 0;
    }
    for (int b = 0; b < 256; b++) {
      int to = next(state, b);
      if (to != DEAD && distance[to] == distance[state] - 1) {
        return (byte) b;
      }
    }
    throw new IllegalStateException("state " + state + " has a distance and no way");
  }

  /** How many states there are; the first is 0. */
  public int states() {
    return accepting.length;
  }

  /** The state behind a byte, or {@link #DEAD}. */
  public int next(int state, int unsignedByte) {
    return table[state * classes + (classOf[unsignedByte] & 0xff)];
  }

  /** The state behind some bytes, or {@link #DEAD}. */
  public int next(int state, byte[] bytes) {
    int at = state;
    for (int i = 0; i < bytes.length && at != DEAD; i++) {
      at = next(at, bytes[i] & 0xff);
    }
    return at;
  }

  /** Whether an answer may end here. */
  public boolean accepts(int state) {
    return accepting[state];
  }

  /** Whether some bytes as a whole are an answer. */
  public boolean accepts(byte[] bytes) {
    int state = next(0, bytes);
    return state != DEAD && accepting[state];
  }

  /** Whether nothing can follow. */
  public boolean isFinal(int state) {
    for (int c = 0; c < classes; c++) {
      if (table[state * classes + c] != DEAD) {
        return false;
      }
    }
    return true;
  }

  /** Bytes that are missing to acceptance at least. */
  int distance(int state) {
    return distance[state];
  }

  /** The first byte of a shortest way to acceptance; of an accepting state it means nothing. */
  int nearest(int state) {
    return nearest[state] & 0xff;
  }

  /** Bytes of memory, about. */
  long bytes() {
    return 4L * table.length + 10L * accepting.length;
  }
}
