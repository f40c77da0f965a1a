package dev.moonflow.model.tokenizer;

import java.util.Arrays;
import java.util.List;

/**
 * The ordinary tokens: byte strings by rank, and ranks by byte string through an open-addressed
 * hash table. Immutable.
 */
final class TokenTable {

  /** What {@link #rank} returns for a byte string that is no token. */
  static final int NONE = Integer.MAX_VALUE;

  private final byte[][] tokens;
  private final int[] slots;
  private final int longest;

  /** The token of rank r is {@code tokens.get(r)}; all differ and none is empty. */
  TokenTable(List<byte[]> tokens) {
    this.tokens = tokens.toArray(byte[][]::new);
    this.slots = new int[Integer.highestOneBit(Math.max(1, this.tokens.length)) * 4];
    Arrays.fill(slots, NONE);
    int longestSoFar = 0;
    for (int rank = 0; rank < this.tokens.length; rank++) {
      byte[] token = this.tokens[rank];
      slots[slotOf(token, 0, token.length)] = rank;
      longestSoFar = Math.max(longestSoFar, token.length);
    }
    this.longest = longestSoFar;
  }

  /** Number of tokens; ranks are 0 to size - 1. */
  int size() {
    return tokens.length;
  }

  /** Bytes of the longest token. */
  int longest() {
    return longest;
  }

  /** The bytes of a token; not to be written. */
  byte[] bytes(int rank) {
    return tokens[rank];
  }

  /** The rank of {@code bytes[from, to)}, or {@link #NONE}. */
  int rank(byte[] bytes, int from, int to) {
    return to - from > longest ? NONE : slots[slotOf(bytes, from, to)];
  }

  /** The slot that holds the byte string, or the free slot where it would stand. */
  private int slotOf(byte[] bytes, int from, int to) {
    int hash = 0x811c9dc5;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x01000193;
    }
    // At least half of the slots are free, so the walk ends.
    int mask = slots.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] != NONE && !equal(tokens[slots[slot]], bytes, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean equal(byte[] token, byte[] bytes, int from, int to) {
    return Arrays.equals(token, 0, token.length, bytes, from, to);
  }
}
