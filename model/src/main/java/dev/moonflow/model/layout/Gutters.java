package dev.moonflow.model.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Columns of ink and the gutters between them, common to some rows. Columns never overlap and stand
 * from left to right.
 *
 * @param columns from and to of each
 * @param widthMin what a gutter has at least
 */
record Gutters(List<int[]> columns, int widthMin) {
  /** A gutter is wider than the space between two words: in letters' heights. */
  private static final double WIDTH_MIN = 1.0;

  static Gutters of(Band band, int typical) {
    List<int[]> spans = new ArrayList<>();
    for (Segment segment : band.segments()) {
      spans.add(new int[] {segment.box().left(), segment.box().right()});
    }
    return new Gutters(merged(spans, (int) Math.ceil(WIDTH_MIN * typical)), gap(typical));
  }

  private static int gap(int typical) {
    return (int) Math.ceil(WIDTH_MIN * typical);
  }

  private static List<int[]> merged(List<int[]> spans, int widthMin) {
    spans.sort(Comparator.comparingInt(span -> span[0]));
    List<int[]> merged = new ArrayList<>();
    for (int[] span : spans) {
      int[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && span[0] - last[1] < widthMin) {
        last[1] = Math.max(last[1], span[1]);
      } else {
        merged.add(span.clone());
      }
    }
    return merged;
  }

  /** Whether there is one column. */
  boolean isEmpty() {
    return columns.size() < 2;
  }

  /** What both rows leave free. */
  Gutters with(Gutters other) {
    List<int[]> spans = new ArrayList<>(columns);
    spans.addAll(other.columns);
    return new Gutters(merged(spans, widthMin), widthMin);
  }

  int columnOf(Segment segment) {
    int middle = (segment.box().left() + segment.box().right()) / 2;
    for (int i = columns.size() - 1; i > 0; i--) {
      if (middle >= columns.get(i)[0]) {
        return i;
      }
    }
    return 0;
  }

  /** The segments of each column that has any. */
  List<List<Segment>> columns(List<Band> bands) {
    List<List<Segment>> split = new ArrayList<>();
    columns.forEach(column -> split.add(new ArrayList<>()));
    for (Band band : bands) {
      for (Segment segment : band.segments()) {
        split.get(columnOf(segment)).add(segment);
      }
    }
    split.removeIf(List::isEmpty);
    return split;
  }
}
