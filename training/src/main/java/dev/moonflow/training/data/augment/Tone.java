package dev.moonflow.training.data.augment;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Images;
import java.awt.image.BufferedImage;

/** Changes of pixels that move nothing: brightness, contrast, tint, noise, blur. */
final class Tone {
  private Tone() {}

  /** Each channel scaled and shifted a little. */
  static void color(Draw draw, BufferedImage image) {
    int[][] tables = new int[3][256];
    double contrast = draw.uniform(0.7, 1.15);
    double brightness = draw.uniform(-25, 25);
    for (int[] table : tables) {
      double tint = draw.uniform(-10, 10);
      for (int i = 0; i < 256; i++) {
        table[i] = clamp((i - 128) * contrast + 128 + brightness + tint);
      }
    }
    int[] pixels = Images.pixels(image);
    for (int i = 0; i < pixels.length; i++) {
      int p = pixels[i];
      pixels[i] =
          tables[0][p >> 16 & 0xff] << 16 | tables[1][p >> 8 & 0xff] << 8 | tables[2][p & 0xff];
    }
  }

  /** Grain, equal in all channels. */
  static void noise(Draw draw, BufferedImage image) {
    int amplitude = draw.between(4, 20);
    int[] pixels = Images.pixels(image);
    long state = draw.bits();
    for (int i = 0; i < pixels.length; i++) {
      // A counter through a mixer: far cheaper than a normal distribution, and enough for grain.
      long bits = Draw.mix(state + i);
      int grain = (int) ((bits & 0xff) + (bits >> 8 & 0xff) - 255) * amplitude / 255;
      int p = pixels[i];
      pixels[i] =
          clamp((p >> 16 & 0xff) + grain) << 16
              | clamp((p >> 8 & 0xff) + grain) << 8
              | clamp((p & 0xff) + grain);
    }
  }

  /** The mean of each pixel and its eight neighbours, mixed with itself. */
  static BufferedImage blur(Draw draw, BufferedImage image) {
    int weight = draw.between(1, 8);
    int width = image.getWidth();
    int height = image.getHeight();
    int[] from = Images.pixels(image);
    BufferedImage out = Images.blank(width, height);
    int[] to = Images.pixels(out);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            int sx = Math.max(0, Math.min(width - 1, x + dx));
            int sy = Math.max(0, Math.min(height - 1, y + dy));
            int times = dx == 0 && dy == 0 ? weight : 1;
            int p = from[sy * width + sx];
            red += times * (p >> 16 & 0xff);
            green += times * (p >> 8 & 0xff);
            blue += times * (p & 0xff);
          }
        }
        int n = 8 + weight;
        to[y * width + x] = red / n << 16 | green / n << 8 | blue / n;
      }
    }
    return out;
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }
}
