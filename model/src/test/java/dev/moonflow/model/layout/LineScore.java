package dev.moonflow.model.layout;

import java.util.HashSet;
import java.util.Set;

/**
 * How well lines were found: a line is found when its box and the true one share most of both.
 *
 * @param expected lines drawn
 * @param found lines of the layout
 * @param matched pairs of both
 * @param inOrder neighbours in drawing order that are neighbours in reading order, of matched ones
 */
record LineScore(int expected, int found, int matched, int inOrder) {
  private static final double SHARED_MIN = 0.6;

  static final LineScore NONE = new LineScore(0, 0, 0, 0);

  static LineScore of(PageSketch sketch, PageLayout layout) {
    Set<Integer> taken = new HashSet<>();
    int last = -1;
    int inOrder = 0;
    for (PageSketch.Truth truth : sketch.lines) {
      Box box = sketch.expected(truth, layout.transform());
      for (int i = 0; i < layout.lines().size(); i++) {
        Box other = layout.lines().get(i).box();
        long shared = box.overlap(other);
        double union = box.area() + other.area() - shared;
        if (shared / union >= SHARED_MIN && taken.add(i)) {
          inOrder += i > last ? 1 : 0;
          last = i;
          break;
        }
      }
    }
    return new LineScore(sketch.lines.size(), layout.lines().size(), taken.size(), inOrder);
  }

  LineScore plus(LineScore other) {
    return new LineScore(
        expected + other.expected,
        found + other.found,
        matched + other.matched,
        inOrder + other.inOrder);
  }

  double recall() {
    return (double) matched / expected;
  }

  double precision() {
    return (double) matched / found;
  }

  double order() {
    return (double) inOrder / matched;
  }
}
