package dev.moonflow.model.layout;

/**
 * How a page lies: the way between the coordinates of the image as it came (page) and of the image
 * made straight. Coordinates are continuous: pixel {@code i} covers {@code i} to {@code i + 1}.
 *
 * @param pageWidth pixels of a row as it came
 * @param pageHeight rows as they came
 * @param quarterTurns turns by 90° clockwise that make the page upright, 0 to 3
 * @param skewDegrees how far the lines of the upright page still fall to the right, clockwise
 */
public record PageTransform(int pageWidth, int pageHeight, int quarterTurns, double skewDegrees) {
  public PageTransform {
    if (quarterTurns < 0 || quarterTurns > 3) {
      throw new IllegalArgumentException("quarterTurns must be from 0 to 3: " + quarterTurns);
    }
  }

  /** A page that is straight as it came. */
  public static PageTransform identity(int width, int height) {
    return new PageTransform(width, height, 0, 0);
  }

  /** Whether straight and page coordinates are the same. */
  public boolean isIdentity() {
    return quarterTurns == 0 && skewDegrees == 0;
  }

  /** The same page, upside down. */
  PageTransform upsideDown() {
    return new PageTransform(pageWidth, pageHeight, (quarterTurns + 2) % 4, skewDegrees);
  }

  int turnedWidth() {
    return quarterTurns % 2 == 0 ? pageWidth : pageHeight;
  }

  int turnedHeight() {
    return quarterTurns % 2 == 0 ? pageHeight : pageWidth;
  }

  /** Pixels of a row of the straight image, which has room for every pixel of the page. */
  public int straightWidth() {
    return skewDegrees == 0
        ? turnedWidth()
        : (int) Math.ceil(turnedWidth() * cos() + turnedHeight() * Math.abs(sin()));
  }

  /** Rows of the straight image. */
  public int straightHeight() {
    return skewDegrees == 0
        ? turnedHeight()
        : (int) Math.ceil(turnedHeight() * cos() + turnedWidth() * Math.abs(sin()));
  }

  private double cos() {
    return Math.cos(Math.toRadians(skewDegrees));
  }

  private double sin() {
    return Math.sin(Math.toRadians(skewDegrees));
  }

  /**
   * Straight to page as an affine map: {@code pageX = m[0] x + m[1] y + m[2]}, {@code pageY = m[3]
   * x + m[4] y + m[5]}.
   */
  public double[] toPage() {
    double c = cos();
    double s = sin();
    double x0 = straightWidth() / 2.0;
    double y0 = straightHeight() / 2.0;
    double tx = turnedWidth() / 2.0 - c * x0 + s * y0;
    double ty = turnedHeight() / 2.0 - s * x0 - c * y0;
    return switch (quarterTurns) {
      case 0 -> new double[] {c, -s, tx, s, c, ty};
      case 1 -> new double[] {s, c, ty, -c, s, pageHeight - tx};
      case 2 -> new double[] {-c, s, pageWidth - tx, -s, -c, pageHeight - ty};
      default -> new double[] {-s, -c, pageWidth - ty, c, -s, tx};
    };
  }

  /** Where a point of the page is on the straight image: x and y. */
  public double[] fromPage(double pageX, double pageY) {
    double[] m = toPage();
    double x = pageX - m[2];
    double y = pageY - m[5];
    return new double[] {m[0] * x + m[3] * y, m[1] * x + m[4] * y};
  }

  /** The smallest upright box of the page around a box of the straight image. */
  public Box toPage(Box straight) {
    double[] m = toPage();
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      double x = (corner & 1) == 0 ? straight.left() : straight.right();
      double y = (corner & 2) == 0 ? straight.top() : straight.bottom();
      double pageX = m[0] * x + m[1] * y + m[2];
      double pageY = m[3] * x + m[4] * y + m[5];
      left = Math.min(left, pageX);
      right = Math.max(right, pageX);
      top = Math.min(top, pageY);
      bottom = Math.max(bottom, pageY);
    }
    int l = clamp(Math.floor(left + 1e-6), pageWidth);
    int t = clamp(Math.floor(top + 1e-6), pageHeight);
    return new Box(
        l,
        t,
        Math.max(l, clamp(Math.ceil(right - 1e-6), pageWidth)),
        Math.max(t, clamp(Math.ceil(bottom - 1e-6), pageHeight)));
  }

  private static int clamp(double value, int max) {
    return (int) Math.max(0, Math.min(max, value));
  }
}
