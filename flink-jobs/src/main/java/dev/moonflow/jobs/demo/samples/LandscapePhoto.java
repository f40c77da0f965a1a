package dev.moonflow.jobs.demo.samples;

import java.awt.image.BufferedImage;

/**
 * A photo-like landscape: evening sky with clouds and a low sun, three ranges of hills in haze, a
 * meadow, trees and a house with a red roof, with grain as of a sensor.
 */
final class LandscapePhoto {
  static final int WIDTH = 720;
  static final int HEIGHT = 480;

  private static final double SUN_X = 505;
  private static final double SUN_Y = 150;
  private static final Color3 HAZE = Color3.of(0xF3C9A0);
  private static final Color3[] HILLS = {
    Color3.of(0x6F7F9C), Color3.of(0x4E6B72), Color3.of(0x3B5A47)
  };
  private static final double[] HILL_BASE = {255, 290, 330};
  private static final double[] HILL_HEIGHT = {110, 80, 50};

  private final ValueNoise noise = new ValueNoise(20261122);

  /** Draws the scene. */
  BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Color3[][] canvas = new Color3[HEIGHT][WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        canvas[y][x] = land(x, y, sky(x, y));
      }
    }
    house(canvas, 150, 348);
    for (double[] tree : TREES) {
      tree(canvas, tree[0], tree[1], tree[2]);
    }
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, finish(canvas[y][x], x, y).packed());
      }
    }
    return image;
  }

  /** Foot (x, y) and size of each tree, far to near. */
  private static final double[][] TREES = {
    {330, 344, 20},
    {362, 347, 24},
    {396, 345, 18},
    {250, 352, 26},
    {610, 352, 26},
    {640, 360, 34},
    {682, 372, 46},
    {70, 380, 58},
    {22, 396, 74},
  };

  private Color3 sky(int x, int y) {
    double t = y / 300.0;
    Color3 sky = Color3.of(0x3F6FB0).mix(Color3.of(0xA9C3DC), t * 1.3);
    sky = sky.mix(HAZE, Math.pow(Math.max(0, t - 0.15), 1.5) * 1.2);
    double clouds = noise.fractal(x / 150.0, y / 46.0 + 7, 5);
    double cover = smoothstep(0.52, 0.78, clouds) * (1 - 0.5 * t);
    sky = sky.mix(Color3.of(0xFFF1E2).scale(0.90 + 0.25 * clouds), cover * 0.9);
    double distance = Math.hypot(x - SUN_X, y - SUN_Y);
    sky = sky.mix(Color3.of(0xFFE2A8), 0.75 * Math.exp(-distance / 85));
    return sky.mix(Color3.of(0xFFFBEA), smoothstep(30, 25, distance));
  }

  private Color3 land(int x, int y, Color3 behind) {
    Color3 color = behind;
    for (int i = 0; i < HILLS.length; i++) {
      double ridge =
          HILL_BASE[i] - HILL_HEIGHT[i] * noise.fractal(x / (230.0 - 45 * i) + 31 * i, 3.7 * i, 5);
      double inside = smoothstep(ridge - 0.7, ridge + 0.7, y);
      double texture = 0.82 + 0.36 * noise.fractal(x / 9.0, y / 6.0 + 50 * i, 4);
      double haze = 0.62 - 0.22 * i - (y - ridge) / 380;
      color = color.mix(HILLS[i].scale(texture).mix(HAZE, haze), inside);
    }
    double edge = 336 + 12 * noise.fractal(x / 120.0, 90, 3);
    double near = (y - edge) / (HEIGHT - edge);
    double blades = noise.fractal(x / (3 + 7 * Math.max(0, near)), y / 4.0, 4);
    Color3 meadow = Color3.of(0xA9A852).mix(Color3.of(0x4C6B2A), near * 1.2);
    meadow = meadow.scale(0.62 + 0.7 * blades);
    double flowers = noise.grain(x / 2, y / 2);
    if (near > 0.15 && flowers > 0.993) {
      meadow = meadow.mix(Color3.of(0xF6E05A), 0.8);
    }
    return color.mix(meadow, smoothstep(edge - 1, edge + 1, y));
  }

  private void tree(Color3[][] canvas, double footX, double footY, double size) {
    shade(canvas, footX - size * 0.55, footY, size * 0.9, size * 0.10);
    for (int y = (int) (footY - size * 2.2); y <= footY; y++) {
      for (int x = (int) (footX - size); x <= footX + size; x++) {
        if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) {
          continue;
        }
        double trunk = size * 0.055 * (1 + Math.pow((y - footY + size) / size, 4) * 0.6);
        if (Math.abs(x - footX) < trunk && y > footY - size) {
          canvas[y][x] = Color3.of(0x3A2A1D).scale(0.8 + 0.5 * noise.grain(x, y));
        }
        double dx = (x - footX) / (size * 0.72);
        double dy = (y - (footY - size * 1.25)) / (size * 0.9);
        double ragged = 0.55 * (noise.fractal(x / (size * 0.16), y / (size * 0.16), 4) - 0.5);
        double leaf = 1 - Math.hypot(dx, dy) + ragged;
        if (leaf > 0) {
          double light = 0.45 + 0.5 * (dx * 0.45 - dy * 0.6) + 0.9 * (ragged + 0.12);
          Color3 leaves = Color3.of(0x24401E).mix(Color3.of(0x9DA644), light);
          canvas[y][x] = canvas[y][x].mix(leaves, Math.min(1, leaf * 9));
        }
      }
    }
  }

  private void house(Color3[][] canvas, int left, int foot) {
    int width = 74;
    int wall = 34;
    shade(canvas, left + 20, foot, 56, 6);
    for (int y = foot - wall; y <= foot; y++) {
      for (int x = left; x < left + width; x++) {
        double side = x < left + 46 ? 1.0 : 0.78;
        canvas[y][x] = Color3.of(0xEFE3CE).scale(side * (0.93 + 0.1 * noise.grain(x, y)));
      }
    }
    for (int y = 0; y < 26; y++) {
      for (int x = left - 5 + y / 2; x < left + width + 5 - y / 2; x++) {
        double tiles = 0.85 + 0.2 * ((y / 3 + x / 5) % 2) + 0.1 * noise.grain(x, y);
        canvas[foot - wall - y][x] = Color3.of(0xB5442F).scale(tiles);
      }
    }
    fill(canvas, left + 52, foot - wall - 38, 9, 18, Color3.of(0x8D4A3A));
    fill(canvas, left + 20, foot - 22, 11, 23, Color3.of(0x6B4630));
    for (int x : new int[] {left + 5, left + 36, left + 56}) {
      fill(canvas, x, foot - 24, 10, 11, Color3.of(0xFFF6DD));
      fill(canvas, x + 1, foot - 23, 8, 9, Color3.of(0x5D7F96));
      fill(canvas, x + 4, foot - 23, 2, 9, Color3.of(0xFFF6DD));
    }
  }

  private static void fill(Color3[][] canvas, int left, int top, int width, int height, Color3 c) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        canvas[y][x] = c;
      }
    }
  }

  private static void shade(Color3[][] canvas, double cx, double cy, double rx, double ry) {
    for (int y = (int) (cy - ry); y <= cy + ry; y++) {
      for (int x = (int) (cx - rx); x <= cx + rx; x++) {
        double d = Math.hypot((x - cx) / rx, (y - cy) / ry);
        if (d < 1 && x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT) {
          canvas[y][x] = canvas[y][x].scale(1 - 0.55 * (1 - d * d));
        }
      }
    }
  }

  private Color3 finish(Color3 color, int x, int y) {
    double corner = Math.hypot(x / (double) WIDTH - 0.5, y / (double) HEIGHT - 0.5);
    double grain = (noise.grain(x, y) + noise.grain(x + 9999, y) - 1) * 0.035;
    return color.scale(1.05 - 0.45 * corner * corner).plus(grain);
  }

  private static double smoothstep(double from, double to, double x) {
    double t = Math.max(0, Math.min(1, (x - from) / (to - from)));
    return t * t * (3 - 2 * t);
  }
}
