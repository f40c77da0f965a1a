package dev.moonflow.model.constraint;

import java.util.Arrays;

/**
 * A set of Unicode scalar values as disjoint ascending ranges. Surrogates are never in it: no UTF-8
 * carries them. Immutable.
 *
 * @param bounds first and last of each range, in turn
 */
record CodePoints(int[] bounds) {
  private static final int SURROGATES_FIRST = 0xD800;
  private static final int SURROGATES_LAST = 0xDFFF;

  /** Every scalar value. */
  static final CodePoints ALL = of(0, Character.MAX_CODE_POINT);

  /** The characters of {@code \d}. */
  static final CodePoints DIGITS = of('0', '9');

  /** The characters of {@code \w}. */
  static final CodePoints WORD = of('a', 'z').or(of('A', 'Z')).or(DIGITS).or(of('_', '_'));

  /** The characters of {@code \s}. */
  static final CodePoints SPACE = of('\t', '\r').or(of(' ', ' '));

  /** What {@code .} leaves out. */
  static final CodePoints LINE_TERMINATORS =
      of('\n', '\n').or(of('\r', '\r')).or(of(0x85, 0x85)).or(of(0x2028, 0x2029));

  /** A range, both ends in it, without its surrogates. */
  static CodePoints of(int first, int last) {
    if (first > SURROGATES_LAST || last < SURROGATES_FIRST) {
      return new CodePoints(new int[] {first, last});
    }
    int[] bounds = new int[4];
    int n = 0;
    if (first < SURROGATES_FIRST) {
      bounds[n++] = first;
      bounds[n++] = SURROGATES_FIRST - 1;
    }
    if (last > SURROGATES_LAST) {
      bounds[n++] = SURROGATES_LAST + 1;
      bounds[n++] = last;
    }
    return new CodePoints(Arrays.copyOf(bounds, n));
  }

  static CodePoints none() {
    return new CodePoints(new int[0]);
  }

  int ranges() {
    return bounds.length / 2;
  }

  int first(int range) {
    return bounds[2 * range];
  }

  int last(int range) {
    return bounds[2 * range + 1];
  }

  boolean contains(int codePoint) {
    for (int i = 0; i < ranges(); i++) {
      if (codePoint >= first(i) && codePoint <= last(i)) {
        return true;
      }
    }
    return false;
  }

  CodePoints or(CodePoints other) {
    long[] all = new long[ranges() + other.ranges()];
    for (int i = 0; i < all.length; i++) {
      CodePoints from = i < ranges() ? this : other;
      int range = i < ranges() ? i : i - ranges();
      all[i] = (long) from.first(range) << 32 | from.last(range);
    }
    Arrays.sort(all);
    int[] merged = new int[2 * all.length];
    int n = 0;
    for (long each : all) {
      int first = (int) (each >>> 32);
      int last = (int) each;
      if (n > 0 && first <= merged[n - 1] + 1) {
        merged[n - 1] = Math.max(merged[n - 1], last);
      } else {
        merged[n++] = first;
        merged[n++] = last;
      }
    }
    // The gap of the surrogates is one for the values beside it, too: they never merge over it.
    return new CodePoints(Arrays.copyOf(merged, n));
  }

  /** Every scalar value that is not in this set. */
  CodePoints complement() {
    CodePoints rest = none();
    int next = 0;
    for (int i = 0; i < ranges(); i++) {
      if (first(i) > next) {
        rest = rest.or(of(next, first(i) - 1));
      }
      next = last(i) + 1;
    }
    return next > Character.MAX_CODE_POINT ? rest : rest.or(of(next, Character.MAX_CODE_POINT));
  }

  CodePoints without(CodePoints other) {
    return complement().or(other).complement();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return "CodePoints" + Arrays.toString(bounds);
  }
}
