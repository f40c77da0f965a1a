package dev.moonflow.model.constraint;

/**
 * Sets of characters as sequences of byte ranges. A range of characters is cut where the length of
 * its UTF-8 form changes and where a following byte does not take its whole range, until each piece
 * is a product of byte ranges.
 */
final class Utf8Ranges {
  private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF, Character.MAX_CODE_POINT};

  private Utf8Ranges() {}

  /** Adds the ways from one node to another that take one character of a set. */
  static void append(CodePoints set, ByteNfa nfa, int from, int to) {
    for (int i = 0; i < set.ranges(); i++) {
      int first = set.first(i);
      for (int length = 1; length <= 4 && first <= set.last(i); length++) {
        int last = Math.min(set.last(i), LAST_OF_LENGTH[length - 1]);
        if (first <= last) {
          product(first, last, length, nfa, from, to);
          first = last + 1;
        }
      }
    }
  }

  /** One length; a piece whose following bytes are not all free is cut in up to three. */
  private static void product(int first, int last, int length, ByteNfa nfa, int from, int to) {
    for (int following = 1; following < length; following++) {
      int free = (1 << (6 * following)) - 1;
      if ((first & ~free) != (last & ~free)) {
        if ((first & free) != 0) {
          product(first, first | free, length, nfa, from, to);
          product((first | free) + 1, last, length, nfa, from, to);
          return;
        }
        if ((last & free) != free) {
          product(first, (last & ~free) - 1, length, nfa, from, to);
          product(last & ~free, last, length, nfa, from, to);
          return;
        }
      }
    }
    int at = from;
    for (int i = 0; i < length; i++) {
      int next = i == length - 1 ? to : nfa.node();
      nfa.bytes(at, next, utf8Byte(first, i, length), utf8Byte(last, i, length));
      at = next;
    }
  }

  private static int utf8Byte(int c, int index, int length) {
    if (length == 1) {
      return c;
    }
    int bits = c >>> (6 * (length - 1 - index));
    return index == 0 ? (0xF00 >>> length & 0xFF) | bits : 0x80 | (bits & 0x3F);
  }
}
