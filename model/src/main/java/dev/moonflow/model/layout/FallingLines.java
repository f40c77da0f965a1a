package dev.moonflow.model.layout;

import java.util.Arrays;

/**
 * How far lines of text fall, from points on the upper and lower edges of letters: projected along
 * the lines, they pile up. Piles are counted in strips of the page, because the lines of two
 * columns can meet at a wrong angle.
 */
final class FallingLines {
  /** Strips while the angle is sought, and when it is known but for a last bit. */
  private static final int STRIPS = 4;

  private static final double ANGLE_MAX = 15.5;
  private static final double COARSE_STEP = 0.25;
  private static final double FINE_STEP = 0.05;
  private static final double FINE_REACH = 0.4;
  private static final double LAST_REACH = 0.15;

  /** A page is straight unless another angle is better by this. */
  private static final double STRAIGHT_BONUS = 1.02;

  private final double[] x;
  private final double[][] edges;
  private final double left;
  private final double width;
  private final double reach;

  /**
   * Lines through points.
   *
   * @param x of each letter's middle
   * @param edges y of each letter's lower and upper edge
   */
  FallingLines(double[] x, double[][] edges) {
    this.x = x;
    this.edges = edges;
    double most = 0;
    for (double[] edge : edges) {
      for (double value : edge) {
        most = Math.max(most, Math.abs(value));
      }
    }
    left = Arrays.stream(x).min().orElse(0);
    width = Arrays.stream(x).max().orElse(0) - left + 1;
    // Points are measured from the left one, so that this bounds every projection.
    reach = most + width * Math.tan(Math.toRadians(ANGLE_MAX + 1)) + 2;
  }

  /**
   * An angle and how sharp the piles are at it.
   *
   * @param degrees clockwise
   * @param sharpness comparable between directions of one page
   */
  record Angle(double degrees, double sharpness) {}

  /** The best angle to within half a degree. */
  Angle coarse(double bin) {
    int[] profile = profile(bin, STRIPS);
    Angle best = new Angle(0, sharpness(0, bin, STRIPS, profile) * STRAIGHT_BONUS);
    for (double angle = -ANGLE_MAX; angle <= ANGLE_MAX; angle += COARSE_STEP) {
      double sharpness = sharpness(angle, bin, STRIPS, profile);
      if (sharpness > best.sharpness()) {
        best = new Angle(angle, sharpness);
      }
    }
    return best;
  }

  /** The best angle near another: in strips, then over the whole width. */
  double fine(double centre, double bin) {
    return best(best(centre, FINE_REACH, bin, STRIPS), LAST_REACH, bin, 1);
  }

  private double best(double centre, double reach, double bin, int strips) {
    int[] profile = profile(bin, strips);
    double best = centre;
    double bestSharpness = -1;
    for (double step = -reach; step <= reach + 1e-9; step += FINE_STEP) {
      double sharpness = sharpness(centre + step, bin, strips, profile);
      if (sharpness > bestSharpness) {
        bestSharpness = sharpness;
        best = centre + step;
      }
    }
    return best;
  }

  private int[] profile(double bin, int strips) {
    return new int[strips * rows(bin)];
  }

  private int rows(double bin) {
    return (int) (2 * reach / bin) + 4;
  }

  /** Sum of squares of the profile: highest when the points of a line fall into one bin. */
  private double sharpness(double degrees, double bin, int strips, int[] profile) {
    double slope = Math.tan(Math.toRadians(degrees)) / bin;
    double scale = 1 / bin;
    double origin = reach / bin + 1;
    int rows = rows(bin);
    double strip = strips / width;
    long score = 0;
    for (double[] y : edges) {
      Arrays.fill(profile, 0);
      for (int i = 0; i < x.length; i++) {
        double along = x[i] - left;
        int at = (int) (along * strip) * rows + (int) (y[i] * scale - slope * along + origin);
        // An addition to a bin of n adds 2n + 1 to the sum of squares; neighbours count half, so
        // that a line on the border of two bins is not lost.
        score += 4 * profile[at] + 2 + profile[at - 1] + profile[at + 1];
        profile[at]++;
      }
    }
    return score;
  }
}
