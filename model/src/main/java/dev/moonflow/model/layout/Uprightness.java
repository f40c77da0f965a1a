package dev.moonflow.model.layout;

import java.util.Arrays;
import java.util.List;

/**
 * Which way up lines of text stand. Most strokes of a line are in the band of its small letters;
 * those that reach above it, of ascenders and capitals, are more than those below, of descenders.
 * Digits and capitals alone fill the band and say nothing. Strokes are counted, not their ink: a
 * descender is often a whole bow, an ascender a thin stem.
 */
final class Uprightness {
  /** Rows with at least this share of the ink of full ones rows belong to the band. */
  private static final double BAND_SHARE = 0.4;

  /** Width of a piece of a line in its heights: what is left of the skew is level within it. */
  private static final int PIECE = 6;

  /** Letters that reach out of the band until a vote is full. */
  private static final double ENOUGH = 8;

  /** Text with small letters has more than this share of its strokes out of the band. */
  private static final double OUTSIDE_MIN = 0.04;

  private Uprightness() {}

  /**
   * From -1 (on its head) to 1 (upright), near 0 when it cannot be told.
   *
   * @param segmentOf number of the segment of each component, or -1
   */
  static double of(Components all, List<Segment> segments, int[] segmentOf) {
    Profiles profiles = Profiles.of(all, segments, segmentOf);
    double above = 0;
    double below = 0;
    double letters = 0;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.letters() >= 3) {
        letters += segment.letters();
        int height = segment.box().height();
        int pieces = profiles.ink()[i].length / height;
        for (int piece = 0; piece < pieces; piece++) {
          double[] outside = profiles.outside(i, piece * height, (piece + 1) * height);
          above += outside[0] * segment.letters() / pieces;
          below += outside[1] * segment.letters() / pieces;
        }
      }
    }
    double both = above + below;
    if (both == 0) {
      return 0;
    }
    double smallLetters = Math.max(0, Math.min(1, both / letters / OUTSIDE_MIN - 1));
    return (above - below) / both * smallLetters * (1 - Math.exp(-both / ENOUGH));
  }

  /** Ink and strokes of each row of each piece of each segment, letters alone. */
  private record Profiles(int[][] ink, int[][] strokes) {

    static Profiles of(Components all, List<Segment> segments, int[] segmentOf) {
      Profiles profiles = new Profiles(new int[segments.size()][], new int[segments.size()][]);
      for (int i = 0; i < segments.size(); i++) {
        Box box = segments.get(i).box();
        int rows = box.height() * (box.width() / (PIECE * box.height()) + 1);
        profiles.ink[i] = new int[rows];
        profiles.strokes[i] = new int[rows];
      }
      InkRuns runs = all.runs();
      for (int y = 0; y < runs.height(); y++) {
        for (int run = runs.first(y); run < runs.first(y + 1); run++) {
          int component = all.ofRun(run);
          int segment = component < 0 ? -1 : segmentOf[component];
          if (segment >= 0) {
            Box box = segments.get(segment).box();
            int piece = (runs.start(run) - box.left()) / (PIECE * box.height());
            int row = piece * box.height() + y - box.top();
            profiles.strokes[segment][row]++;
            profiles.ink[segment][row] += runs.end(run) - runs.start(run);
          }
        }
      }
      return profiles;
    }

    /** Shares of a piece's strokes above and below the band, which its ink shows. */
    double[] outside(int segment, int from, int to) {
      int[] rows = ink[segment];
      int[] sorted = Arrays.copyOfRange(rows, from, to);
      Arrays.sort(sorted);
      double full = BAND_SHARE * sorted[Math.max(0, sorted.length - 1 - sorted.length / 4)];
      int first = from;
      int last = to - 1;
      while (first < last && rows[first] < full) {
        first++;
      }
      while (last > first && rows[last] < full) {
        last--;
      }
      double above = Arrays.stream(strokes[segment], from, first).sum();
      double below = Arrays.stream(strokes[segment], last + 1, to).sum();
      double all = Math.max(1, Arrays.stream(strokes[segment], from, to).sum());
      return new double[] {above / all, below / all};
    }
  }
}
