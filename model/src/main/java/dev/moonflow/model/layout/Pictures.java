package dev.moonflow.model.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Areas of a straight page that show pictures: tiles without paper that hang together, and large
 * shapes that are mostly filled.
 */
final class Pictures {
  private static final int TILES_MIN = 3;

  /** Pictures of a page at most; more are the grain of one. */
  private static final int COUNT_MAX = 200;

  private final Paper paper;
  private final Components all;
  private final List<Box> found = new ArrayList<>();

  private Pictures(Paper paper, Components all) {
    this.paper = paper;
    this.all = all;
  }

  /** Boxes that do not overlap, in reduced pixels. */
  static List<Box> of(Paper paper, Components all, LetterSize size) {
    Pictures pictures = new Pictures(paper, all);
    pictures.areas();
    for (int i = 0; i < all.count(); i++) {
      if (size.isFilled(all, i)) {
        pictures.add(all.box(i));
      }
    }
    return pictures.found;
  }

  /** Adds a box, joined with those that it overlaps. */
  private void add(Box box) {
    Box joined = box;
    for (int i = 0; i < found.size(); ) {
      if (found.get(i).overlap(joined) > 0) {
        joined = joined.union(found.remove(i));
        i = 0;
      } else {
        i++;
      }
    }
    if (found.size() < COUNT_MAX) {
      found.add(joined);
    }
  }

  private void areas() {
    boolean[] seen = new boolean[paper.across() * paper.down()];
    for (int ty = 0; ty < paper.down(); ty++) {
      for (int tx = 0; tx < paper.across(); tx++) {
        List<int[]> area = flood(tx, ty, seen);
        if (area.size() >= TILES_MIN) {
          add(box(area));
        }
      }
    }
  }

  private List<int[]> flood(int tx, int ty, boolean[] seen) {
    List<int[]> area = new ArrayList<>();
    List<int[]> open = new ArrayList<>();
    open.add(new int[] {tx, ty});
    while (!open.isEmpty()) {
      int[] at = open.remove(open.size() - 1);
      boolean within = at[0] >= 0 && at[1] >= 0 && at[0] < paper.across() && at[1] < paper.down();
      if (!within || !paper.busyTile(at[0], at[1]) || seen[at[1] * paper.across() + at[0]]) {
        continue;
      }
      seen[at[1] * paper.across() + at[0]] = true;
      area.add(at);
      open.add(new int[] {at[0] + 1, at[1]});
      open.add(new int[] {at[0] - 1, at[1]});
      open.add(new int[] {at[0], at[1] + 1});
      open.add(new int[] {at[0], at[1] - 1});
    }
    return area;
  }

  /** The area without half of its outer tiles, where text may stand. */
  private Box box(List<int[]> area) {
    int left = area.stream().mapToInt(at -> at[0]).min().orElseThrow() * Paper.TILE;
    int top = area.stream().mapToInt(at -> at[1]).min().orElseThrow() * Paper.TILE;
    int right = (area.stream().mapToInt(at -> at[0]).max().orElseThrow() + 1) * Paper.TILE;
    int bottom = (area.stream().mapToInt(at -> at[1]).max().orElseThrow() + 1) * Paper.TILE;
    int margin = Paper.TILE / 4;
    return new Box(
        left + margin,
        top + margin,
        Math.max(left + margin, Math.min(all.pageWidth(), right) - margin),
        Math.max(top + margin, Math.min(all.pageHeight(), bottom) - margin));
  }
}
