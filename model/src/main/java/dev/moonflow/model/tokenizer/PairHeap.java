package dev.moonflow.model.tokenizer;

import java.util.Arrays;

/** A binary min-heap of (rank, position) packed into longs: rank high, position low. */
final class PairHeap {
  private long[] entries;
  private int size;

  PairHeap(int capacity) {
    entries = new long[Math.max(4, capacity)];
  }

  static int rank(long entry) {
    return (int) (entry >>> 32);
  }

  static int position(long entry) {
    return (int) entry;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds a pair; both numbers are at least 0. */
  void push(int rank, int position) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    long entry = ((long) rank << 32) | position;
    int at = size++;
    while (at > 0 && entries[(at - 1) / 2] > entry) {
      entries[at] = entries[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    entries[at] = entry;
  }

  /** Removes the pair of lowest rank, of those the one of lowest position. */
  long pop() {
    long least = entries[0];
    long moved = entries[--size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && entries[child + 1] < entries[child]) {
        child++;
      }
      if (entries[child] >= moved) {
        break;
      }
      entries[at] = entries[child];
      at = child;
    }
    entries[at] = moved;
    return least;
  }
}
