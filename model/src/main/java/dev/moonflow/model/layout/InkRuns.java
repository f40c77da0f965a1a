package dev.moonflow.model.layout;

import java.util.Arrays;

/**
 * The ink of a page as horizontal runs, row by row from the top, each row from the left. Text
 * covers a tenth of a page, so that runs are far fewer than pixels.
 */
final class InkRuns {
  private final int width;
  private final int height;
  private final int[] firstOfRow;
  private int[] start;
  private int[] end;
  private int count;

  private InkRuns(int width, int height) {
    this.width = width;
    this.height = height;
    firstOfRow = new int[height + 1];
    start = new int[1 << 12];
    end = new int[1 << 12];
  }

  /** The pixels that are darker than the paper beneath them. */
  static InkRuns of(GrayPage page, Paper paper) {
    InkRuns runs = new InkRuns(page.width(), page.height());
    int[] threshold = new int[page.width()];
    byte[] luma = page.luma();
    for (int y = 0; y < page.height(); y++) {
      runs.firstOfRow[y] = runs.count;
      paper.thresholds(y, threshold);
      int row = y * page.width();
      int from = -1;
      for (int x = 0; x < threshold.length; x++) {
        boolean ink = (luma[row + x] & 0xff) < threshold[x];
        if (ink && from < 0) {
          from = x;
        } else if (!ink && from >= 0) {
          runs.add(from, x);
          from = -1;
        }
      }
      if (from >= 0) {
        runs.add(from, threshold.length);
      }
    }
    runs.firstOfRow[page.height()] = runs.count;
    return runs;
  }

  private void add(int from, int to) {
    if (count == start.length) {
      start = Arrays.copyOf(start, 2 * count);
      end = Arrays.copyOf(end, 2 * count);
    }
    start[count] = from;
    end[count++] = to;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int count() {
    return count;
  }

  /** The first run of a row; {@code first(height)} is the count of all. */
  int first(int row) {
    return firstOfRow[row];
  }

  int start(int run) {
    return start[run];
  }

  int end(int run) {
    return end[run];
  }

  /** Joins runs that touch, corners included; the root of each run's component. */
  int[] roots() {
    int[] parent = new int[count];
    for (int i = 0; i < count; i++) {
      parent[i] = i;
    }
    for (int y = 1; y < height; y++) {
      int above = firstOfRow[y - 1];
      int aboveEnd = firstOfRow[y];
      for (int run = firstOfRow[y]; run < firstOfRow[y + 1]; run++) {
        while (above < aboveEnd && end[above] < start[run]) {
          above++;
        }
        for (int other = above; other < aboveEnd && start[other] <= end[run]; other++) {
          union(parent, other, run);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      parent[i] = find(parent, i);
    }
    return parent;
  }

  private static void union(int[] parent, int a, int b) {
    int rootA = find(parent, a);
    int rootB = find(parent, b);
    if (rootA < rootB) {
      parent[rootB] = rootA;
    } else {
      parent[rootA] = rootB;
    }
  }

  private static int find(int[] parent, int i) {
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }
}
