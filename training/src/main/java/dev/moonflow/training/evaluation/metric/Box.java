package dev.moonflow.training.evaluation.metric;

/** A rectangle in pixels of an image; left and top inclusive, right and bottom inclusive. */
public record Box(double left, double top, double right, double bottom) {
  public Box {
    if (!(left <= right) || !(top <= bottom)) {
      throw new IllegalArgumentException(
          "a box from (" + left + ", " + top + ") to (" + right + ", " + bottom + ")");
    }
  }

  /** Whether a point lies in it or on its edge. */
  public boolean contains(double x, double y) {
    return x >= left && x <= right && y >= top && y <= bottom;
  }
}
