package dev.moonflow.model.layout;

/**
 * An upright rectangle of pixels.
 *
 * @param left first column
 * @param top first row
 * @param right column after the last
 * @param bottom row after the last
 */
public record Box(int left, int top, int right, int bottom) {
  public Box {
    if (right < left || bottom < top) {
      throw new IllegalArgumentException(
          "a box from " + left + "," + top + " to " + right + "," + bottom);
    }
  }

  /** Pixels from left to right. */
  public int width() {
    return right - left;
  }

  /** Pixels from top to bottom. */
  public int height() {
    return bottom - top;
  }

  /** Pixels within. */
  public long area() {
    return (long) width() * height();
  }

  /** The smallest box around both. */
  public Box union(Box other) {
    return new Box(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  /** Pixels that both have. */
  public long overlap(Box other) {
    long width = Math.min(right, other.right) - Math.max(left, other.left);
    long height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return width > 0 && height > 0 ? width * height : 0;
  }

  /** Rows that both have. */
  int rowsShared(Box other) {
    return Math.max(0, Math.min(bottom, other.bottom) - Math.max(top, other.top));
  }
}
