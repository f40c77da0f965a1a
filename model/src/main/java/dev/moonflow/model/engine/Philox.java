package dev.moonflow.model.engine;

/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011): a function of
 * key and counter without state, so that a draw can be repeated anywhere.
 */
final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** Four random words for a counter of four words and a key of two. */
  static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
      long product1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
      int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c0 = next0;
      c1 = (int) product1;
      c2 = next2;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new int[] {c0, c1, c2, c3};
  }

  /** A number in [0, 1) with 53 random bits: the draw of a seed at a position. */
  static double uniform(long seed, long position) {
    int[] words =
        block((int) position, (int) (position >>> 32), 0, 0, (int) seed, (int) (seed >>> 32));
    long bits = Integer.toUnsignedLong(words[1]) << 32 | Integer.toUnsignedLong(words[0]);
    return (bits >>> 11) * 0x1p-53;
  }
}
