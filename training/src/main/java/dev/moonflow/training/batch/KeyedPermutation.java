package dev.moonflow.training.batch;

/**
 * A permutation of 0 to n - 1 as a function of a key, without a table: a four-round Feistel network
 * on the smallest even number of bits that holds n, walked until it lands inside. At most four
 * steps are expected, since fewer than three quarters of the network's range lie outside.
 */
public final class KeyedPermutation {
  private static final int ROUNDS = 4;

  private final long key;
  private final long size;
  private final int halfBits;
  private final long halfMask;

  /**
   * A permutation.
   *
   * @param size n, 1 to 2^62
   */
  public KeyedPermutation(long key, long size) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException("a permutation needs 1 to 2^62 items: " + size);
    }
    this.key = key;
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
  }

  /** The item at a place; every item has exactly one place. */
  public long at(long place) {
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException("place " + place + " is outside 0.." + (size - 1));
    }
    long value = place;
    do {
      value = network(value);
    } while (value >= size);
    return value;
  }

  private long network(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (KeyedHash.bits(key + round, right) & halfMask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
