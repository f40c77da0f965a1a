package dev.moonflow.model.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Segments that stand beside each other: one row of a page, whatever columns it has. */
record Band(List<Segment> segments, Box box) {

  /** Rows from the top: a segment joins the row before it when half of its height is in it. */
  static List<Band> of(List<Segment> segments) {
    List<Segment> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingInt(Segment::middleY).thenComparingInt(s -> s.box().left()));
    List<Band> bands = new ArrayList<>();
    List<Segment> open = new ArrayList<>();
    Box box = null;
    for (Segment segment : sorted) {
      boolean joins =
          box != null
              && 2 * box.rowsShared(segment.box())
                  >= Math.min(box.height(), segment.box().height());
      if (box != null && !joins) {
        bands.add(new Band(List.copyOf(open), box));
        open.clear();
        box = null;
      }
      open.add(segment);
      box = box == null ? segment.box() : box.union(segment.box());
    }
    if (box != null) {
      bands.add(new Band(List.copyOf(open), box));
    }
    return bands;
  }

  List<Segment> leftToRight() {
    return segments.stream()
        .sorted(
            Comparator.comparingInt((Segment s) -> s.box().left())
                .thenComparingInt(s -> s.box().top()))
        .toList();
  }
}
