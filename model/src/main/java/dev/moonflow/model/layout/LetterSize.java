package dev.moonflow.model.layout;

/**
 * How large letters are on a page, and which components can be letters at all. Sizes do not tell
 * width from height, so that a page that lies on its side has the same.
 *
 * @param typical the median, weighted by ink so that noise does not count, in reduced pixels; 0 on
 *     a page without components
 */
record LetterSize(int typical) {
  private static final double LARGEST = 6;
  private static final double SMALLEST = 0.6;
  private static final double TOUCHING = 1.7;
  private static final int BINS = 512;
  private static final int WEIGHT_MAX = 60;
  private static final int INK_MIN = 6;

  static LetterSize of(Components all) {
    int pageSide = Math.min(all.pageWidth(), all.pageHeight());
    int most = Math.min(BINS - 1, Math.max(8, pageSide / 6));
    long[] weights = new long[BINS];
    long total = 0;
    for (int i = 0; i < all.count(); i++) {
      int size = size(all, i);
      if (size <= most && size >= 3 && all.ink[i] >= INK_MIN) {
        int weight = Math.min(WEIGHT_MAX, all.ink[i]);
        weights[size] += weight;
        total += weight;
      }
    }
    long seen = 0;
    for (int size = 0; size < BINS && total > 0; size++) {
      seen += weights[size];
      if (2 * seen >= total) {
        return new LetterSize(size);
      }
    }
    return new LetterSize(0);
  }

  /** The longer side of a letter; the shorter one of letters that touch. */
  private static int size(Components all, int i) {
    int longer = Math.max(all.width(i), all.height(i));
    int shorter = Math.min(all.width(i), all.height(i));
    return longer > TOUCHING * shorter ? shorter : longer;
  }

  /** Neither speck nor point, neither rule nor picture: it says where a line of text stands. */
  boolean isLetter(Components all, int i) {
    int width = all.width(i);
    int height = all.height(i);
    return height >= SMALLEST * typical
        && height <= LARGEST * typical
        && width >= 1
        && width <= 20 * height
        && !isRule(all, i)
        && !isFrame(all, i);
  }

  /** A letter of the common size: good evidence of how the page lies. */
  boolean isCommon(Components all, int i) {
    int longer = Math.max(all.width(i), all.height(i));
    int shorter = Math.min(all.width(i), all.height(i));
    return longer >= 0.6 * typical
        && shorter <= 2.5 * typical
        && longer <= 12 * typical
        && longer <= 8 * shorter
        && !isFrame(all, i);
  }

  /** A point, dash or accent: belongs to a line that letters make. */
  boolean isMark(Components all, int i) {
    return all.height(i) < SMALLEST * typical && all.width(i) <= 4 * typical;
  }

  /** A line that was drawn, not written. */
  boolean isRule(Components all, int i) {
    int width = all.width(i);
    int height = all.height(i);
    return (width > 6 * typical && height < 0.5 * typical)
        || (height > 3 * typical && width < 0.35 * typical)
        || (width > 12 * typical && height < 0.8 * typical && all.ink[i] > 0.7 * width * height);
  }

  /** A large shape with much ink: a picture, a seal, a bar of a chart. */
  boolean isFilled(Components all, int i) {
    int width = all.width(i);
    int height = all.height(i);
    return Math.min(width, height) > 4 * typical
        && Math.max(width, height) > 7 * typical
        && all.ink[i] > 0.25 * width * height
        && !all.touchesEdge(i);
  }

  /** The grid of a table, a box around text, a drawing: much wider and higher than its ink. */
  private boolean isFrame(Components all, int i) {
    int width = all.width(i);
    int height = all.height(i);
    return width > 3 * typical
        && height > 2.5 * typical
        && (width > 15 * typical || all.ink[i] < 0.12 * width * height);
  }
}
