package dev.moonflow.training.data.filter;

import dev.moonflow.training.data.render.Images;
import java.awt.image.BufferedImage;

/**
 * 128 bits that change little when an image is scaled, recompressed or slightly recoloured: whether
 * each cell of a grid over the grey image is brighter than its right neighbour, and than the one
 * below (difference hash, both ways).
 */
public final class PerceptualHash {
  private static final int GRID = 9;

  private PerceptualHash() {}

  /** Two words of 64 bits. */
  public static long[] of(BufferedImage image) {
    double[][] grid = grid(image);
    long across = 0;
    long down = 0;
    for (int y = 0; y < GRID - 1; y++) {
      for (int x = 0; x < GRID - 1; x++) {
        across = across << 1 | (grid[y][x] > grid[y][x + 1] + 0.5 ? 1 : 0);
        down = down << 1 | (grid[y][x] > grid[y + 1][x] + 0.5 ? 1 : 0);
      }
    }
    return new long[] {across, down};
  }

  /** Mean grey of each cell. */
  private static double[][] grid(BufferedImage image) {
    int[] pixels = Images.pixels(image);
    double[][] sums = new double[GRID][GRID];
    int[][] counts = new int[GRID][GRID];
    int width = image.getWidth();
    int height = image.getHeight();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int p = pixels[y * width + x];
        int row = y * GRID / height;
        int column = x * GRID / width;
        sums[row][column] +=
            0.299 * (p >> 16 & 0xff) + 0.587 * (p >> 8 & 0xff) + 0.114 * (p & 0xff);
        counts[row][column]++;
      }
    }
    for (int row = 0; row < GRID; row++) {
      for (int column = 0; column < GRID; column++) {
        sums[row][column] /= Math.max(1, counts[row][column]);
      }
    }
    return sums;
  }

  /** Bits in which two hashes differ, 0 to 128. */
  public static int distance(long[] a, long[] b) {
    return Long.bitCount(a[0] ^ b[0]) + Long.bitCount(a[1] ^ b[1]);
  }
}
