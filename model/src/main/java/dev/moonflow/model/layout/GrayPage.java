package dev.moonflow.model.layout;

import dev.moonflow.kernels.RgbImage;
import java.util.Arrays;

/**
 * The brightness of a page, reduced by a whole factor.
 *
 * @param width reduced pixels of a row
 * @param height reduced rows
 * @param factor full pixels a side of one reduced pixel
 * @param luma {@code height * width} bytes, unsigned
 */
record GrayPage(int width, int height, int factor, byte[] luma) {
  /** Reduced pixels at most; an A4 page at 150 dpi is halved. */
  static final int PIXELS_MAX = 600_000;

  private static final int RED = 77;
  private static final int GREEN = 150;
  private static final int BLUE = 29;

  /** Mean brightness (ITU-R BT.601) of each block of pixels; an incomplete last block is left. */
  static GrayPage of(RgbImage image) {
    long pixels = (long) image.width() * image.height();
    int factor = 1;
    while (pixels / factor / factor > PIXELS_MAX) {
      factor++;
    }
    int across = Math.min(factor, image.width());
    int down = Math.min(factor, image.height());
    int width = image.width() / across;
    int height = image.height() / down;
    byte[] luma = new byte[width * height];
    int[] sums = new int[width];
    int divisor = across * down * (RED + GREEN + BLUE);
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int row = 0; row < down; row++) {
        int at = Math.multiplyExact(3, (y * down + row) * image.width());
        if (across == 2) {
          addPairs(image.rgb(), at, sums);
        } else {
          addBlocks(image.rgb(), at, across, sums);
        }
      }
      int out = y * width;
      if (divisor == 1024) {
        for (int x = 0; x < width; x++) {
          luma[out + x] = (byte) (sums[x] >> 10);
        }
      } else {
        for (int x = 0; x < width; x++) {
          luma[out + x] = (byte) (sums[x] / divisor);
        }
      }
    }
    return new GrayPage(width, height, factor, luma);
  }

  private static void addPairs(byte[] rgb, int at, int[] sums) {
    for (int x = 0; x < sums.length; x++, at += 6) {
      sums[x] +=
          ((rgb[at] & 0xff) + (rgb[at + 3] & 0xff)) * RED
              + ((rgb[at + 1] & 0xff) + (rgb[at + 4] & 0xff)) * GREEN
              + ((rgb[at + 2] & 0xff) + (rgb[at + 5] & 0xff)) * BLUE;
    }
  }

  private static void addBlocks(byte[] rgb, int at, int across, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      int sum = 0;
      for (int i = 0; i < across; i++, at += 3) {
        sum += (rgb[at] & 0xff) * RED + (rgb[at + 1] & 0xff) * GREEN + (rgb[at + 2] & 0xff) * BLUE;
      }
      sums[x] += sum;
    }
  }

  /**
   * The page made straight, bilinear; its edges are repeated where there is nothing.
   *
   * @param lie of this reduced page
   */
  GrayPage straightened(PageTransform lie) {
    int outWidth = lie.straightWidth();
    int outHeight = lie.straightHeight();
    byte[] out = new byte[outWidth * outHeight];
    double[] m = lie.toPage();
    int dx = (int) Math.round(m[0] * 65536);
    int dy = (int) Math.round(m[3] * 65536);
    for (int y = 0; y < outHeight; y++) {
      // The centre of the row's first pixel, less half a pixel: the corner of its four sources.
      long x0 = Math.round((m[0] * 0.5 + m[1] * (y + 0.5) + m[2] - 0.5) * 65536);
      long y0 = Math.round((m[3] * 0.5 + m[4] * (y + 0.5) + m[5] - 0.5) * 65536);
      straightenRow(out, y * outWidth, outWidth, (int) x0, (int) y0, dx, dy);
    }
    return new GrayPage(outWidth, outHeight, factor, out);
  }

  private void straightenRow(byte[] out, int at, int count, int px, int py, int dx, int dy) {
    for (int x = 0; x < count; x++, px += dx, py += dy) {
      int sx = px >> 16;
      int sy = py >> 16;
      if (sx < 0 || sy < 0 || sx >= width - 1 || sy >= height - 1) {
        int nearY = Math.min(height - 1, Math.max(0, sy));
        out[at + x] = luma[nearY * width + Math.min(width - 1, Math.max(0, sx))];
        continue;
      }
      int fx = (px >> 8) & 0xff;
      int fy = (py >> 8) & 0xff;
      int from = sy * width + sx;
      int upper = (luma[from] & 0xff) * (256 - fx) + (luma[from + 1] & 0xff) * fx;
      int lower = (luma[from + width] & 0xff) * (256 - fx) + (luma[from + width + 1] & 0xff) * fx;
      out[at + x] = (byte) ((upper * (256 - fy) + lower * fy) >> 16);
    }
  }
}
