package dev.moonflow.model.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Segments in the order in which they are read. Rows are taken from the top as long as they share a
 * gutter; what shares one is either columns, read one after the other, or a table, read row by row;
 * what has none is read as it stands.
 */
final class ReadingOrder {
  private static final int DEPTH_MAX = 6;

  /** Columns of prose fill their width by this share in the middle line; cells do not. */
  private static final double PROSE_FILL = 0.7;

  /** A column of prose is at least this many letters' heights wide. */
  private static final double PROSE_WIDTH = 9;

  private final List<PlacedSegment> placed = new ArrayList<>();
  private final int typical;
  private int blocks;

  private ReadingOrder(int typical) {
    this.typical = typical;
  }

  static List<PlacedSegment> of(List<Segment> segments, int typical) {
    ReadingOrder order = new ReadingOrder(typical);
    order.read(segments, 0);
    return order.placed;
  }

  private void read(List<Segment> segments, int depth) {
    List<Band> run = new ArrayList<>();
    Gutters shared = null;
    for (Band band : Band.of(segments)) {
      Gutters own = Gutters.of(band, typical);
      Gutters together = shared == null ? null : shared.with(own);
      boolean first = run.isEmpty();
      boolean bothPlain = !first && shared.isEmpty() && own.isEmpty();
      boolean goesOn = !first && (bothPlain || (!shared.isEmpty() && !together.isEmpty()));
      if (!first && !goesOn) {
        close(run, shared, depth);
        run = new ArrayList<>();
      }
      shared = goesOn ? together : own;
      run.add(band);
    }
    if (!run.isEmpty()) {
      close(run, shared, depth);
    }
  }

  private void close(List<Band> run, Gutters gutters, int depth) {
    if (gutters.isEmpty()) {
      List<Segment> lines = new ArrayList<>();
      run.forEach(band -> lines.addAll(band.leftToRight()));
      paragraphs(lines);
      return;
    }
    List<List<Segment>> columns = gutters.columns(run);
    if (depth < DEPTH_MAX && areProse(run, columns)) {
      columns.forEach(column -> read(column, depth + 1));
    } else {
      table(run, gutters);
    }
  }

  /** Whether columns are to be read one after the other. */
  private boolean areProse(List<Band> run, List<List<Segment>> columns) {
    int prose = 0;
    for (List<Segment> column : columns) {
      int left = column.stream().mapToInt(s -> s.box().left()).min().orElse(0);
      int right = column.stream().mapToInt(s -> s.box().right()).max().orElse(0);
      int[] widths = column.stream().mapToInt(s -> s.box().width()).sorted().toArray();
      boolean wide = right - left >= PROSE_WIDTH * typical;
      boolean filled = widths[widths.length / 2] >= PROSE_FILL * (right - left);
      prose += wide && filled && column.size() >= 2 ? 1 : 0;
    }
    boolean rowsAlign = run.stream().allMatch(band -> band.segments().size() <= columns.size());
    return (prose >= 2 && 2 * prose >= columns.size() && run.size() >= 2) || !rowsAlign;
  }

  private void table(List<Band> run, Gutters gutters) {
    int block = blocks++;
    int left = run.stream().mapToInt(band -> band.box().left()).min().orElse(0);
    for (int row = 0; row < run.size(); row++) {
      for (Segment segment : run.get(row).leftToRight()) {
        placed.add(new PlacedSegment(segment, block, row, gutters.columnOf(segment), left));
      }
    }
  }

  /** Lines of one column to blocks: a wider space, another size or an indent begins the next. */
  private void paragraphs(List<Segment> lines) {
    double pitch = medianPitch(lines);
    List<Segment> block = new ArrayList<>();
    for (Segment line : lines) {
      if (!block.isEmpty() && begins(block, line, pitch)) {
        place(block);
        block = new ArrayList<>();
      }
      block.add(line);
    }
    place(block);
  }

  private static boolean begins(List<Segment> block, Segment line, double pitch) {
    Segment before = block.get(block.size() - 1);
    int low = Math.min(before.letterHeight(), line.letterHeight());
    int high = Math.max(before.letterHeight(), line.letterHeight());
    int down = line.middleY() - before.middleY();
    int left = block.stream().mapToInt(s -> s.box().left()).min().orElse(0);
    boolean indented =
        line.box().left() - left > line.letterHeight()
            && before.box().left() - left <= line.letterHeight() / 2;
    boolean otherSize = high > 1.3 * low + 1;
    // Without a pitch to compare with, half a line of space between two boxes parts them.
    boolean apart =
        pitch > 0
            ? down > 1.35 * pitch
            : line.box().top() - before.box().bottom() > 1.2 * before.letterHeight();
    return apart || otherSize || indented;
  }

  private void place(List<Segment> block) {
    if (block.isEmpty()) {
      return;
    }
    int number = blocks++;
    int left = block.stream().mapToInt(s -> s.box().left()).min().orElse(0);
    for (Segment line : block) {
      placed.add(new PlacedSegment(line, number, TextLine.NONE, TextLine.NONE, left));
    }
  }

  private static double medianPitch(List<Segment> lines) {
    List<Integer> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      int down = lines.get(i).middleY() - lines.get(i - 1).middleY();
      if (down > 0) {
        steps.add(down);
      }
    }
    steps.sort(Comparator.naturalOrder());
    return steps.size() < 3 ? 0 : steps.get(steps.size() / 2);
  }
}
