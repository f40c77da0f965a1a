package dev.moonflow.model.layout;

import java.util.Arrays;

/**
 * Boxes of ink that touches: letters, most of them. Parallel arrays, because a page has thousands.
 */
final class Components {
  /** Components kept of a page; more is noise, and the smallest go first. */
  static final int COUNT_MAX = 40_000;

  private final int pageWidth;
  private final int pageHeight;
  private final int count;
  final int[] left;
  final int[] top;
  final int[] right;
  final int[] bottom;
  final int[] ink;

  /** Ink row by row, and the component of each run; -1 for a speck's. */
  private final InkRuns runs;

  private final int[] ofRun;

  private Components(InkRuns runs, int[] ofRun, int count) {
    pageWidth = runs.width();
    pageHeight = runs.height();
    this.runs = runs;
    this.ofRun = ofRun;
    this.count = count;
    left = new int[count];
    top = new int[count];
    right = new int[count];
    bottom = new int[count];
    ink = new int[count];
  }

  /** The components of a page that have enough ink not to be a speck. */
  static Components of(InkRuns runs) {
    int[] roots = runs.roots();
    int[] mass = new int[runs.count()];
    for (int run = 0; run < mass.length; run++) {
      mass[roots[run]] += runs.end(run) - runs.start(run);
    }
    int least = leastInk(mass);
    int[] number = new int[mass.length];
    int kept = 0;
    for (int run = 0; run < mass.length; run++) {
      number[run] = roots[run] == run && mass[run] >= least ? kept++ : -1;
    }
    for (int run = 0; run < mass.length; run++) {
      number[run] = number[roots[run]];
    }
    Components all = new Components(runs, number, kept);
    Arrays.fill(all.left, Integer.MAX_VALUE);
    Arrays.fill(all.top, Integer.MAX_VALUE);
    for (int y = 0; y < runs.height(); y++) {
      for (int run = runs.first(y); run < runs.first(y + 1); run++) {
        int component = number[run];
        if (component >= 0) {
          all.take(component, runs.start(run), runs.end(run), y);
        }
      }
    }
    return all;
  }

  /** Three reduced pixels, or what leaves no more than {@link #COUNT_MAX}. */
  private static int leastInk(int[] mass) {
    int[] bySize = new int[64];
    for (int pixels : mass) {
      if (pixels > 0) {
        bySize[Math.min(63, pixels)]++;
      }
    }
    int left = COUNT_MAX;
    int least = 63;
    while (least >= 3 && left >= bySize[least]) {
      left -= bySize[least--];
    }
    return least + 1;
  }

  private void take(int i, int from, int to, int y) {
    left[i] = Math.min(left[i], from);
    right[i] = Math.max(right[i], to);
    top[i] = Math.min(top[i], y);
    bottom[i] = Math.max(bottom[i], y + 1);
    ink[i] += to - from;
  }

  int count() {
    return count;
  }

  int pageWidth() {
    return pageWidth;
  }

  int pageHeight() {
    return pageHeight;
  }

  int width(int i) {
    return right[i] - left[i];
  }

  int height(int i) {
    return bottom[i] - top[i];
  }

  boolean touchesEdge(int i) {
    return left[i] <= 1 || top[i] <= 1 || right[i] >= pageWidth - 1 || bottom[i] >= pageHeight - 1;
  }

  /** Ink row by row. */
  InkRuns runs() {
    return runs;
  }

  /** The component that a run belongs to, or -1. */
  int ofRun(int run) {
    return ofRun[run];
  }

  Box box(int i) {
    return new Box(left[i], top[i], right[i], bottom[i]);
  }
}
