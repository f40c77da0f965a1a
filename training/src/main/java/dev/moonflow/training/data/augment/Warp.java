package dev.moonflow.training.data.augment;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Images;
import java.awt.image.BufferedImage;

/**
 * A geometric change: where each pixel of the new image comes from, and where a point of the old
 * one goes. Elastic waves are small against their length, so that the way back is found by a few
 * fixed-point steps.
 *
 * @param width of the new image in pixels
 * @param height of the new image in pixels
 * @param matrix the plane projective map from old to new, row by row, last entry 1
 * @param inverse the same from new to old
 * @param waves amplitude x, amplitude y (pixels), wave length (pixels), phase x, phase y
 */
record Warp(int width, int height, double[] matrix, double[] inverse, double[] waves) {
  private static final int FIXED_POINT_STEPS = 12;
  private static final int EDGE_SAMPLES = 24;

  /**
   * A rotation by a small angle; the new image holds all of the old one.
   *
   * @param degrees clockwise
   */
  static Warp rotation(int width, int height, double degrees) {
    double angle = Math.toRadians(degrees);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int newWidth = (int) Math.ceil(Math.abs(width * cos) + Math.abs(height * sin));
    int newHeight = (int) Math.ceil(Math.abs(width * sin) + Math.abs(height * cos));
    double cx = width / 2.0;
    double cy = height / 2.0;
    double[] matrix = {
      cos,
      -sin,
      newWidth / 2.0 - cos * cx + sin * cy,
      sin,
      cos,
      newHeight / 2.0 - sin * cx - cos * cy,
      0,
      0,
      1
    };
    return new Warp(newWidth, newHeight, matrix, inverted(matrix), new double[5]);
  }

  /**
   * A view from aside: the corners move inwards.
   *
   * @param strength parts of the side that a corner may move by, at most 0.2
   */
  static Warp perspective(Draw draw, int width, int height, double strength) {
    double[] corners = {0, 0, width, 0, width, height, 0, height};
    double[] moved = corners.clone();
    for (int i = 0; i < 8; i += 2) {
      moved[i] += (corners[i] == 0 ? 1 : -1) * draw.uniform(0, strength) * width;
      moved[i + 1] += (corners[i + 1] == 0 ? 1 : -1) * draw.uniform(0, strength) * height;
    }
    double[] matrix = throughCorners(corners, moved);
    return new Warp(width, height, matrix, inverted(matrix), new double[5]);
  }

  /** Waves as of paper that is not flat. */
  static Warp elastic(Draw draw, int width, int height) {
    double length = draw.uniform(60, 160);
    double amplitude = Math.min(3, length * 0.02) * draw.uniform(0.4, 1);
    double[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    double[] waves = {
      amplitude,
      amplitude * draw.uniform(0.3, 1),
      length,
      draw.uniform(0, 2 * Math.PI),
      draw.uniform(0, 2 * Math.PI)
    };
    return new Warp(width, height, same, same, waves);
  }

  /** Where a point of the old image goes. */
  double[] forward(double x, double y) {
    double[] p = project(matrix, x, y);
    double u = p[0];
    double v = p[1];
    // The new point n satisfies n + wave(n) = p.
    for (int i = 0; i < FIXED_POINT_STEPS && waves[2] > 0; i++) {
      double nextU = p[0] - waveX(v);
      double nextV = p[1] - waveY(u);
      u = nextU;
      v = nextV;
    }
    return new double[] {u, v};
  }

  private double waveX(double v) {
    return waves[2] == 0 ? 0 : waves[0] * StrictMath.sin(2 * Math.PI * v / waves[2] + waves[3]);
  }

  private double waveY(double u) {
    return waves[2] == 0 ? 0 : waves[1] * StrictMath.sin(2 * Math.PI * u / waves[2] + waves[4]);
  }

  /** The box around where the pixels of a box go. */
  Box forward(Box box) {
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i <= EDGE_SAMPLES; i++) {
      double t = (double) i / EDGE_SAMPLES;
      double x = box.left() + t * box.width();
      double y = box.top() + t * box.height();
      double[][] points = {
        forward(x, box.top()), forward(x, box.bottom()),
        forward(box.left(), y), forward(box.right(), y)
      };
      for (double[] point : points) {
        left = Math.min(left, point[0]);
        right = Math.max(right, point[0]);
        top = Math.min(top, point[1]);
        bottom = Math.max(bottom, point[1]);
      }
    }
    return new Box(left, top, right, bottom).within(width, height);
  }

  /**
   * The warped image, bilinear.
   *
   * @param ground 0xRRGGBB where nothing comes from the old image
   */
  BufferedImage apply(BufferedImage image, int ground) {
    BufferedImage out = Images.blank(width, height);
    int[] from = Images.pixels(image);
    int[] to = Images.pixels(out);
    for (int y = 0; y < height; y++) {
      double shift = waveX(y + 0.5);
      for (int x = 0; x < width; x++) {
        double u = x + 0.5 + shift;
        double v = y + 0.5 + waveY(x + 0.5);
        double w = inverse[6] * u + inverse[7] * v + inverse[8];
        double sx = (inverse[0] * u + inverse[1] * v + inverse[2]) / w - 0.5;
        double sy = (inverse[3] * u + inverse[4] * v + inverse[5]) / w - 0.5;
        to[y * width + x] = sample(from, image.getWidth(), image.getHeight(), sx, sy, ground);
      }
    }
    return out;
  }

  private static int sample(int[] from, int width, int height, double x, double y, int ground) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    int fx = (int) ((x - x0) * 256);
    int fy = (int) ((y - y0) * 256);
    int a = at(from, width, height, x0, y0, ground);
    int b = at(from, width, height, x0 + 1, y0, ground);
    int c = at(from, width, height, x0, y0 + 1, ground);
    int d = at(from, width, height, x0 + 1, y0 + 1, ground);
    if (a == b && c == d && a == c) {
      return a;
    }
    int out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int top = (a >> shift & 0xff) * (256 - fx) + (b >> shift & 0xff) * fx;
      int bottom = (c >> shift & 0xff) * (256 - fx) + (d >> shift & 0xff) * fx;
      out |= (top * (256 - fy) + bottom * fy + (1 << 15)) >> 16 << shift;
    }
    return out;
  }

  private static int at(int[] from, int width, int height, int x, int y, int ground) {
    return x < 0 || y < 0 || x >= width || y >= height ? ground : from[y * width + x] & 0xffffff;
  }

  private static double[] project(double[] m, double x, double y) {
    double w = m[6] * x + m[7] * y + m[8];
    return new double[] {(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w};
  }

  private static double[] inverted(double[] m) {
    double[] r = {
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
    };
    double scale = r[8];
    for (int i = 0; i < 9; i++) {
      r[i] /= scale;
    }
    return r;
  }

  /** The projective map that takes four points to four others: eight linear equations. */
  private static double[] throughCorners(double[] from, double[] to) {
    double[][] a = new double[8][9];
    for (int i = 0; i < 4; i++) {
      double x = from[2 * i];
      double y = from[2 * i + 1];
      double u = to[2 * i];
      double v = to[2 * i + 1];
      a[2 * i] = new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
      a[2 * i + 1] = new double[] {0, 0, 0, x, y, 1, -v * x, -v * y, v};
    }
    for (int column = 0; column < 8; column++) {
      int pivot = column;
      for (int row = column + 1; row < 8; row++) {
        pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
      }
      double[] swapped = a[column];
      a[column] = a[pivot];
      a[pivot] = swapped;
      for (int row = 0; row < 8; row++) {
        double factor = row == column ? 0 : a[row][column] / a[column][column];
        for (int i = column; i < 9 && factor != 0; i++) {
          a[row][i] -= factor * a[column][i];
        }
      }
    }
    double[] m = new double[9];
    for (int i = 0; i < 8; i++) {
      m[i] = a[i][8] / a[i][i];
    }
    m[8] = 1;
    return m;
  }
}
