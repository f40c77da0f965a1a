package dev.moonflow.model.layout;

import dev.moonflow.kernels.RgbImage;
import java.util.Arrays;

/** Cuts straight pieces out of a page as it came, in one step of interpolation. White outside. */
public final class PageResampler {
  /** Widest line of the product, in its heights: wider ones are scaled down further. */
  public static final int WIDEST = 100;

  /** Pixels of one piece at most. */
  private static final long PIXELS_MAX = 200_000_000;

  private static final int WHITE = 255;

  private final RgbImage page;
  private final PageTransform transform;

  /** Cuts from {@code page}, which lies as {@code transform} says. */
  public PageResampler(RgbImage page, PageTransform transform) {
    if (page.width() != transform.pageWidth() || page.height() != transform.pageHeight()) {
      throw new IllegalArgumentException("the transform belongs to a page of another size");
    }
    this.page = page;
    this.transform = transform;
  }

  /** The whole page, upright and without skew; itself when it is so already. */
  public RgbImage straight() {
    if (transform.isIdentity()) {
      return page;
    }
    int width = transform.straightWidth();
    int height = transform.straightHeight();
    return cut(0, 0, 1, width, height);
  }

  /**
   * A line of text as {@link #line(Box, int, int)} cuts it, at most {@link #WIDEST} heights wide.
   */
  public RgbImage line(Box line, int height) {
    return line(line, height, WIDEST * height);
  }

  /**
   * A line of text with room around it, scaled to a height.
   *
   * @param line on the straight page
   * @param height rows of the result, at least 8: letters with room above and below
   * @param widthMax pixels of a row of the result at most; a longer line is scaled further down and
   *     stands in the middle of the rows
   */
  public RgbImage line(Box line, int height, int widthMax) {
    if (height < 8 || widthMax < height) {
      throw new IllegalArgumentException(
          "a line of " + height + " rows and at most " + widthMax + " pixels cannot be cut");
    }
    double room = Math.max(1, 0.12 * line.height());
    double scale = (line.height() + 2 * room) / height; // straight pixels a pixel of the result
    double needed = (line.width() + 2 * room) / scale;
    double top = line.top() - room;
    if (needed > widthMax) {
      double wider = (line.width() + 2 * room) / widthMax;
      top -= (wider - scale) * height / 2;
      scale = wider;
      needed = widthMax;
    }
    int width = (int) Math.max(height / 2, Math.ceil(needed - 1e-9));
    return cut(line.left() - room, top, scale, width, height);
  }

  private RgbImage cut(double left, double top, double scale, int width, int height) {
    if ((long) width * height > PIXELS_MAX) {
      throw new IllegalArgumentException("a piece of " + width + " x " + height + " is too large");
    }
    byte[] out = new byte[Math.multiplyExact(3, width * height)];
    if (transform.isIdentity()) {
      cutUnturned(left, top, scale, width, height, out);
      return new RgbImage(width, height, out);
    }
    double[] m = transform.toPage();
    // Each pixel of the result is the mean of samples at most a pixel of the page apart.
    int samples = samples(scale);
    int[] sum = new int[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum[0] = 0;
        sum[1] = 0;
        sum[2] = 0;
        for (int i = 0; i < samples * samples; i++) {
          double sx = left + (x + (i % samples + 0.5) / samples) * scale;
          double sy = top + (y + (i / samples + 0.5) / samples) * scale;
          add(m[0] * sx + m[1] * sy + m[2], m[3] * sx + m[4] * sy + m[5], sum);
        }
        int at = 3 * (y * width + x);
        int divisor = samples * samples * 256;
        out[at] = (byte) ((sum[0] + divisor / 2) / divisor);
        out[at + 1] = (byte) ((sum[1] + divisor / 2) / divisor);
        out[at + 2] = (byte) ((sum[2] + divisor / 2) / divisor);
      }
    }
    return new RgbImage(width, height, out);
  }

  private static int samples(double scale) {
    return (int) Math.max(1, Math.min(8, Math.round(scale)));
  }

  /** The same on a page that lies straight: a sample's column and row are found once for all. */
  private void cutUnturned(
      double left, double top, double scale, int width, int height, byte[] out) {
    int samples = samples(scale);
    Axis across = Axis.of(left, scale, width * samples, samples, page.width());
    Axis down = Axis.of(top, scale, height * samples, samples, page.height());
    int rowBytes = 3 * page.width();
    byte[] rgb = page.rgb();
    int[] sums = new int[3 * width];
    int divisor = samples * samples * 256;
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, divisor / 2);
      for (int j = y * samples; j < (y + 1) * samples; j++) {
        int upperRow = down.index[j] * rowBytes;
        int lowerRow = upperRow + down.step[j] * rowBytes;
        int fy = down.fraction[j];
        for (int i = 0; i < across.index.length; i++) {
          int to = i / samples * 3;
          if (fy == Axis.OUTSIDE || across.fraction[i] == Axis.OUTSIDE) {
            sums[to] += WHITE * 256;
            sums[to + 1] += WHITE * 256;
            sums[to + 2] += WHITE * 256;
            continue;
          }
          int fx = across.fraction[i];
          int at = 3 * across.index[i];
          int right = 3 * across.step[i];
          for (int c = 0; c < 3; c++, at++) {
            int a = upperRow + at;
            int b = lowerRow + at;
            int upper = (rgb[a] & 0xff) * (16 - fx) + (rgb[a + right] & 0xff) * fx;
            int lower = (rgb[b] & 0xff) * (16 - fx) + (rgb[b + right] & 0xff) * fx;
            sums[to + c] += upper * (16 - fy) + lower * fy;
          }
        }
      }
      int at = 3 * y * width;
      for (int i = 0; i < sums.length; i++) {
        out[at + i] = (byte) (sums[i] / divisor);
      }
    }
  }

  /**
   * Where the samples along one axis lie on a page.
   *
   * @param index the first of two pixels
   * @param step to the second: 1, or 0 at the page's end
   * @param fraction sixteenths of the way to the second, or {@link #OUTSIDE}
   */
  private record Axis(int[] index, int[] step, int[] fraction) {
    static final int OUTSIDE = -1;

    static Axis of(double start, double scale, int count, int samples, int pixels) {
      Axis axis = new Axis(new int[count], new int[count], new int[count]);
      for (int i = 0; i < count; i++) {
        double at = start + (i / samples + (i % samples + 0.5) / samples) * scale;
        if (at < -1 || at > pixels + 1) {
          axis.fraction[i] = OUTSIDE;
          continue;
        }
        double centre = Math.max(0, Math.min(pixels - 1.0, at - 0.5));
        axis.index[i] = (int) centre;
        axis.fraction[i] = (int) ((centre - axis.index[i]) * 16);
        axis.step[i] = axis.index[i] + 1 < pixels ? 1 : 0;
      }
      return axis;
    }
  }

  /** Adds 256 times the colour at a point of the page: bilinear, its edge repeated by a pixel. */
  private void add(double x, double y, int[] sum) {
    if (x < -1 || y < -1 || x > page.width() + 1 || y > page.height() + 1) {
      sum[0] += WHITE * 256;
      sum[1] += WHITE * 256;
      sum[2] += WHITE * 256;
      return;
    }
    double cx = Math.max(0, Math.min(page.width() - 1.0, x - 0.5));
    double cy = Math.max(0, Math.min(page.height() - 1.0, y - 0.5));
    int ix = (int) cx;
    int iy = (int) cy;
    int fx = (int) ((cx - ix) * 16);
    int fy = (int) ((cy - iy) * 16);
    int right = ix + 1 < page.width() ? 3 : 0;
    int below = iy + 1 < page.height() ? 3 * page.width() : 0;
    int at = 3 * (iy * page.width() + ix);
    byte[] rgb = page.rgb();
    for (int c = 0; c < 3; c++, at++) {
      int upper = (rgb[at] & 0xff) * (16 - fx) + (rgb[at + right] & 0xff) * fx;
      int lower = (rgb[at + below] & 0xff) * (16 - fx) + (rgb[at + below + right] & 0xff) * fx;
      sum[c] += upper * (16 - fy) + lower * fy;
    }
  }
}
