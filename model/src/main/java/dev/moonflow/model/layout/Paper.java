package dev.moonflow.model.layout;

import java.util.Arrays;

/**
 * The paper beneath the ink, tile by tile: how bright it is, how noisy, and where the page is no
 * paper at all but a picture. Light that falls off over a page changes from tile to tile and is
 * followed; a threshold for the whole page would lose a dark corner.
 */
final class Paper {
  /** Reduced pixels a side: about three lines of text, so that paper shows in every tile. */
  static final int TILE = 32;

  /** Share of a tile's pixels that are brighter than its paper is taken to be. */
  private static final double BRIGHTER_SHARE = 0.2;

  /** Pixels this near to the paper's brightness, relative to it, are paper. */
  private static final double PAPER_TOLERANCE = 0.1;

  /** A tile with less paper than this shows a picture: text of any density leaves more. */
  private static final double PAPER_SHARE_MIN = 0.28;

  /** Ink is darker than paper by this share at least, and need not be by more than that. */
  private static final double INK_DEPTH_MIN = 0.14;

  private static final double INK_DEPTH_MAX = 0.35;
  private static final double NOISE_DEVIATIONS = 6;

  /** Of the depth of the page's middle ink: lower, and the blur between two letters is ink. */
  private static final double OF_MIDDLE_INK = 0.5;

  private final int across;
  private final int down;
  private final int[] bright;
  private final boolean[] busy;
  private final double inkDepth;

  private Paper(int across, int down, int[] bright, boolean[] busy, double inkDepth) {
    this.across = across;
    this.down = down;
    this.bright = bright;
    this.busy = busy;
    this.inkDepth = inkDepth;
  }

  static Paper of(GrayPage page) {
    int across = (page.width() + TILE - 1) / TILE;
    int down = (page.height() + TILE - 1) / TILE;
    int[] bright = new int[across * down];
    double[] spread = new double[across * down];
    double[] flat = new double[across * down];
    int[] histogram = new int[256];
    int[] depths = new int[101];
    for (int ty = 0; ty < down; ty++) {
      for (int tx = 0; tx < across; tx++) {
        int count = count(page, tx, ty, histogram);
        int tile = ty * across + tx;
        bright[tile] = percentile(histogram, count, 1 - BRIGHTER_SHARE);
        int middle = percentile(histogram, count, 0.5);
        // The upper half of paper's own distribution: 0.84 deviations from the median to 80 %.
        spread[tile] = (bright[tile] - middle) / 0.84;
        flat[tile] = shareNear(histogram, count, bright[tile]);
        addDepths(histogram, bright[tile], depths);
      }
    }
    double noise = quartile(spread);
    double level = Math.max(1, Arrays.stream(bright).average().orElse(255));
    double depth =
        Math.min(
            INK_DEPTH_MAX,
            Math.max(
                Math.max(INK_DEPTH_MIN, OF_MIDDLE_INK * middle(depths)),
                NOISE_DEVIATIONS * noise / level));
    boolean[] busy = busy(across, down, flat, noise / level);
    return new Paper(across, down, bright, busy, depth);
  }

  private static int count(GrayPage page, int tx, int ty, int[] histogram) {
    Arrays.fill(histogram, 0);
    int right = Math.min(page.width(), (tx + 1) * TILE);
    int bottom = Math.min(page.height(), (ty + 1) * TILE);
    byte[] luma = page.luma();
    int count = 0;
    for (int y = ty * TILE; y < bottom; y++) {
      int row = y * page.width();
      for (int x = tx * TILE + (y & 1); x < right; x += 2) {
        histogram[luma[row + x] & 0xff]++;
        count++;
      }
    }
    if (count == 0) { // a tile of one column, on its odd row
      histogram[luma[ty * TILE * page.width() + tx * TILE] & 0xff]++;
      count = 1;
    }
    return count;
  }

  private static int percentile(int[] histogram, int count, double share) {
    int wanted = (int) Math.ceil(count * share);
    int seen = 0;
    for (int value = 0; value < 256; value++) {
      seen += histogram[value];
      if (seen >= wanted) {
        return value;
      }
    }
    return 255;
  }

  private static double shareNear(int[] histogram, int count, int level) {
    int from = (int) (level * (1 - PAPER_TOLERANCE));
    int to = Math.min(255, (int) (level * (1 + PAPER_TOLERANCE)));
    int near = 0;
    for (int value = from; value <= to; value++) {
      near += histogram[value];
    }
    return (double) near / count;
  }

  /** Counts a tile's ink by how much darker than its paper it is, in hundredths. */
  private static void addDepths(int[] histogram, int bright, int[] depths) {
    int ink = (int) (bright * (1 - INK_DEPTH_MIN));
    for (int value = 0; value < ink; value++) {
      depths[100 - 100 * value / bright] += histogram[value];
    }
  }

  private static double middle(int[] depths) {
    long total = Arrays.stream(depths).asLongStream().sum();
    long seen = 0;
    for (int depth = 0; depth < depths.length && total > 0; depth++) {
      seen += depths[depth];
      if (2 * seen >= total) {
        return depth / 100.0;
      }
    }
    return 0;
  }

  /** The lower quartile: tiles full of text have a spread that is not noise. */
  private static double quartile(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 4];
  }

  private static boolean[] busy(int across, int down, double[] flat, double relativeNoise) {
    boolean[] busy = new boolean[flat.length];
    if (relativeNoise > PAPER_TOLERANCE / 2) {
      return busy; // paper itself is as uneven as a picture
    }
    for (int i = 0; i < flat.length; i++) {
      busy[i] = flat[i] < PAPER_SHARE_MIN;
    }
    return grown(across, down, busy);
  }

  /** Adds tiles that have three busy neighbours of eight: what is flat within a picture. */
  private static boolean[] grown(int across, int down, boolean[] busy) {
    boolean[] grown = busy.clone();
    for (int ty = 0; ty < down; ty++) {
      for (int tx = 0; tx < across; tx++) {
        int neighbours = 0;
        for (int y = Math.max(0, ty - 1); y <= Math.min(down - 1, ty + 1); y++) {
          for (int x = Math.max(0, tx - 1); x <= Math.min(across - 1, tx + 1); x++) {
            neighbours += busy[y * across + x] ? 1 : 0;
          }
        }
        int tile = ty * across + tx;
        grown[tile] = busy[tile] ? neighbours >= 4 : neighbours >= 5;
      }
    }
    return grown;
  }

  int across() {
    return across;
  }

  int down() {
    return down;
  }

  boolean busyTile(int tx, int ty) {
    return busy[ty * across + tx];
  }

  /**
   * Brightness below which each pixel of a row is ink: between the centres of tiles linear.
   *
   * @param out takes the row's thresholds
   */
  void thresholds(int y, int[] out) {
    double at = (double) y / TILE - 0.5;
    int upper = (int) Math.max(0, Math.min(down - 1, Math.floor(at)));
    int lower = Math.min(down - 1, upper + 1);
    int fy = (int) (256 * Math.max(0, Math.min(1, at - upper)));
    int keep = (int) Math.round((1 - inkDepth) * 256);
    int left = level(upper, lower, 0, fy, keep);
    int half = TILE / 2;
    Arrays.fill(out, 0, Math.min(half, out.length), left >> 8);
    for (int tx = 0; tx < across; tx++) {
      int right = level(upper, lower, Math.min(across - 1, tx + 1), fy, keep);
      int value = left;
      int step = (right - left) / TILE;
      int end = Math.min(out.length, (tx + 1) * TILE + half);
      for (int x = tx * TILE + half; x < end; x++) {
        out[x] = value >> 8;
        value += step;
      }
      left = right;
    }
  }

  /** Threshold times 256 at the centre of a column of tiles. */
  private int level(int upper, int lower, int tx, int fy, int keep) {
    int mixed = bright[upper * across + tx] * (256 - fy) + bright[lower * across + tx] * fy;
    return (mixed * keep) >> 8;
  }
}
