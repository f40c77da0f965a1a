package dev.moonflow.model.layout;

import java.util.ArrayList;
import java.util.List;

/** Points, dashes and accents, which belong to the segment that they stand in or beside. */
final class Marks {
  /** How much higher a neighbour is than its mark. */
  private static final double OF_NEIGHBOUR = 1.7;

  private final Components all;
  private final LetterSize size;

  Marks(Components all, LetterSize size) {
    this.all = all;
    this.size = size;
  }

  /**
   * Gives each mark to the nearest segment within reach; what is beside none is dirt. A single
   * component that is small for its neighbour is a mark too: the comma of a heading.
   *
   * @return the segments that are left
   */
  List<SegmentBuilder> attach(List<SegmentBuilder> segments) {
    int cell = 2 * size.typical();
    SegmentBuilder[][] byRow = byRow(segments, cell);
    for (int i = 0; i < all.count(); i++) {
      if (size.isMark(all, i)) {
        attach(i, at(byRow, i, cell), 0);
      }
    }
    List<SegmentBuilder> left = new ArrayList<>();
    for (SegmentBuilder segment : segments) {
      int only = segment.letters() == 1 ? segment.firstLetter() : -1;
      if (only < 0 || !attach(only, at(byRow, only, cell), OF_NEIGHBOUR * all.height(only))) {
        left.add(segment);
      }
    }
    return left;
  }

  private SegmentBuilder[] at(SegmentBuilder[][] byRow, int i, int cell) {
    return byRow[Math.min(byRow.length - 1, (all.top[i] + all.bottom[i]) / 2 / cell)];
  }

  private SegmentBuilder[][] byRow(List<SegmentBuilder> segments, int cell) {
    int rows = all.pageHeight() / cell + 1;
    SegmentBuilder[][] byRow = new SegmentBuilder[rows][];
    int[] filled = new int[rows];
    for (int pass = 0; pass < 2; pass++) {
      for (SegmentBuilder segment : segments) {
        int from = Math.max(0, (segment.top() - segment.height() / 2) / cell);
        int to = Math.min(rows - 1, (segment.bottom() + segment.height() / 2) / cell);
        for (int row = from; row <= to; row++) {
          if (pass == 0) {
            filled[row]++;
          } else {
            byRow[row][--filled[row]] = segment;
          }
        }
      }
      for (int row = 0; pass == 0 && row < rows; row++) {
        byRow[row] = new SegmentBuilder[filled[row]];
      }
    }
    return byRow;
  }

  private boolean attach(int mark, SegmentBuilder[] near, double heightMin) {
    int x = (all.left[mark] + all.right[mark]) / 2;
    int y = (all.top[mark] + all.bottom[mark]) / 2;
    SegmentBuilder best = null;
    double bestDistance = 1;
    for (SegmentBuilder segment : near) {
      if (segment.height() < heightMin) {
        continue;
      }
      double reachX = segment.height() + all.width(mark) / 2.0;
      double beside = Math.max(0, Math.max(segment.left() - x, x - segment.right())) / reachX;
      double above =
          Math.max(0, Math.max(segment.top() - y, y - segment.bottom()))
              / (0.35 * segment.height());
      double distance = Math.max(beside, above);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = segment;
      }
    }
    if (best != null) {
      best.addMark(mark);
    }
    return best != null;
  }
}
