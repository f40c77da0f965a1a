package dev.moonflow.model.tokenizer;

import java.util.Arrays;

/** A growing list of token ids, without boxing. */
public final class TokenBuffer {
  private int[] ids = new int[16];
  private int size;

  /** Appends one id. */
  public void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.multiplyExact(size, 2));
    }
    ids[size++] = id;
  }

  /** Appends ids in order. */
  public void addAll(int[] more) {
    for (int id : more) {
      add(id);
    }
  }

  /** Number of ids. */
  public int size() {
    return size;
  }

  /** The newest id; there must be one. */
  public int last() {
    return ids[size - 1];
  }

  /** A copy of the ids. */
  public int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
