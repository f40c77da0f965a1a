package dev.moonflow.model.layout;

import java.util.List;

/**
 * From the reduced straight page to the full one. Pixels that make no whole reduced pixel are left
 * out at the page's right and bottom, which after a turn are not the straight page's.
 *
 * @param transform of the full page
 * @param factor full pixels of a reduced one
 * @param x full straight coordinate of the reduced straight page's left edge
 * @param y the same of its top
 */
record FullSize(PageTransform transform, int factor, int x, int y) {

  static FullSize of(PageTransform reduced, PageTransform full, int factor) {
    double[] m = reduced.toPage();
    double[] origin = full.fromPage(m[2] * factor, m[5] * factor);
    return new FullSize(full, factor, (int) Math.round(origin[0]), (int) Math.round(origin[1]));
  }

  /** A reduced pixel's ink can be anywhere in it and in half of the next. */
  Box box(Box reduced) {
    int margin = factor / 2;
    return new Box(
        clamp(reduced.left() * factor + x - margin, transform.straightWidth()),
        clamp(reduced.top() * factor + y - margin, transform.straightHeight()),
        clamp(reduced.right() * factor + x + margin, transform.straightWidth()),
        clamp(reduced.bottom() * factor + y + margin, transform.straightHeight()));
  }

  List<Box> boxes(List<Box> reduced) {
    return reduced.stream().map(this::box).toList();
  }

  private static int clamp(int value, int max) {
    return Math.max(0, Math.min(max, value));
  }
}
