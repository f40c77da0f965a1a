package dev.moonflow.model.layout;

import java.util.Arrays;

/**
 * Whether lines of text run across or down a page, and how far they fall: from the boxes of letters
 * alone.
 *
 * @param sideways lines run down: the page lies on its side
 * @param sidewaysConfidence 0 (cannot tell) to 1, of that decision
 * @param skewDegrees how far lines fall to the right, clockwise, after a turn clockwise by 90° when
 *     sideways
 */
record PageLie(boolean sideways, double sidewaysConfidence, double skewDegrees) {
  /** Fewer letters than this say nothing. */
  private static final int LETTERS_MIN = 8;

  /** More letters than this say nothing new. */
  private static final int LETTERS_MAX = 1200;

  /** Lines that fall less are straight: half a letter over the width of a page. */
  private static final double SKEW_MIN = 0.12;

  /** What a doubled sharpness weighs against votes of neighbours. */
  private static final double SHARPNESS_WEIGHT = 2.5;

  static final PageLie UNKNOWN = new PageLie(false, 0, 0);

  /**
   * Judges a page.
   *
   * @param turns whether a page may lie on its side
   * @param skews whether lines may fall
   */
  static PageLie of(Components all, LetterSize size, boolean turns, boolean skews) {
    int[] letters = letters(all, size);
    if (letters.length < LETTERS_MIN || !(turns || skews)) {
      return UNKNOWN;
    }
    double bin = Math.max(1, size.typical() / 5.0);
    FallingLines lines = across(all, letters);
    FallingLines.Angle angle = lines.coarse(bin);
    boolean sideways = false;
    double confidence = 0;
    if (turns) {
      FallingLines down = down(all, letters);
      FallingLines.Angle other = down.coarse(bin);
      double share = NeighbourVotes.acrossShare(all, letters, size.typical());
      double odds =
          Math.log((share + 0.01) / (1.01 - share))
              + SHARPNESS_WEIGHT * Math.log(angle.sharpness() / other.sharpness());
      sideways = odds < 0;
      confidence = Math.tanh(Math.abs(odds) / 2);
      lines = sideways ? down : lines;
      angle = sideways ? other : angle;
    }
    if (!skews) {
      return new PageLie(sideways, confidence, 0);
    }
    double skew = lines.fine(angle.degrees(), Math.max(1, size.typical() / 8.0));
    return new PageLie(sideways, confidence, Math.abs(skew) < SKEW_MIN ? 0 : skew);
  }

  /** Letters of a common size, away from the edges. */
  private static int[] letters(Components all, LetterSize size) {
    int[] found = new int[all.count()];
    int count = 0;
    for (int i = 0; i < all.count(); i++) {
      if (size.isCommon(all, i) && !all.touchesEdge(i)) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int[] sample(int[] letters) {
    if (letters.length <= LETTERS_MAX) {
      return letters;
    }
    int[] sample = new int[LETTERS_MAX];
    for (int i = 0; i < LETTERS_MAX; i++) {
      sample[i] = letters[(int) ((long) i * letters.length / LETTERS_MAX)];
    }
    return sample;
  }

  private static FallingLines across(Components all, int[] letters) {
    int[] sample = sample(letters);
    double[] x = new double[sample.length];
    double[][] edges = new double[2][sample.length];
    for (int i = 0; i < sample.length; i++) {
      int c = sample[i];
      x[i] = (all.left[c] + all.right[c]) / 2.0;
      edges[0][i] = all.bottom[c];
      edges[1][i] = all.top[c];
    }
    return new FallingLines(x, edges);
  }

  /** The same after a turn clockwise: what was up is at the right. */
  private static FallingLines down(Components all, int[] letters) {
    int[] sample = sample(letters);
    double[] x = new double[sample.length];
    double[][] edges = new double[2][sample.length];
    for (int i = 0; i < sample.length; i++) {
      int c = sample[i];
      x[i] = -(all.top[c] + all.bottom[c]) / 2.0;
      edges[0][i] = all.right[c];
      edges[1][i] = all.left[c];
    }
    return new FallingLines(x, edges);
  }
}
