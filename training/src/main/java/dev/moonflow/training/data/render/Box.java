package dev.moonflow.training.data.render;

import dev.moonflow.training.sample.Region;

/**
 * A rectangle in pixels.
 *
 * @param left inclusive
 * @param top inclusive
 * @param right exclusive
 * @param bottom exclusive
 */
public record Box(double left, double top, double right, double bottom) {
  /** The smallest one around both. */
  public Box union(Box other) {
    return new Box(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  /** Larger by this on every side. */
  public Box grown(double by) {
    return new Box(left - by, top - by, right + by, bottom + by);
  }

  /** Whether the two have a pixel in common. */
  public boolean overlaps(Box other) {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }

  /** Pixels across. */
  public double width() {
    return right - left;
  }

  /** Pixels down. */
  public double height() {
    return bottom - top;
  }

  /** Its middle, x. */
  public double centreX() {
    return (left + right) / 2;
  }

  /** Its middle, y. */
  public double centreY() {
    return (top + bottom) / 2;
  }

  /** The part of it on an image. */
  public Box within(int width, int height) {
    return new Box(
        Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom));
  }

  /** As a region of an example, on whole pixels. */
  public Region region(int part, String label) {
    return new Region(
        part, Math.floor(left), Math.floor(top), Math.ceil(right), Math.ceil(bottom), label);
  }
}
