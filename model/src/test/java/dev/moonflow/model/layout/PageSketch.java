package dev.moonflow.model.layout;

import dev.moonflow.kernels.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A page drawn for a test, with the box of every line that was drawn. */
final class PageSketch {
  static final int WIDTH = 1240;
  static final int HEIGHT = 1754;

  /** Letters as often as in English: how a page stands is told by them. */
  private static final String[] WORDS =
      ("In the spring of that year the harbour was closed for repairs and most of the ships lay out"
              + " in the bay, where the water is deep and the bottom holds an anchor well. Their"
              + " crews came ashore each evening in small boats, bought bread and oil, and asked"
              + " when the basin would be free. Nobody could tell them. The master builder said"
              + " three weeks, then five; the council sent two letters to the capital and had one"
              + " short answer back. Meanwhile the fish market moved to the old town hall, which"
              + " smelled of it until winter. When at last the gates were lifted and the first"
              + " vessel, a Danish brig with timber, made fast at the northern quay, a band played"
              + " and the children were given the rest of the day off from school")
          .split(" ");

  final BufferedImage image;
  final List<Truth> lines = new ArrayList<>();
  private final Graphics2D g;
  private final Random random;
  private AffineTransform placed = new AffineTransform();

  /** A line that was drawn: its ink, its words, in order. */
  record Truth(Rectangle2D ink, String text) {}

  PageSketch(long seed) {
    this(seed, WIDTH, HEIGHT);
  }

  PageSketch(long seed, int width, int height) {
    random = new Random(seed);
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setColor(new Color(25, 25, 30));
  }

  Random random() {
    return random;
  }

  String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  /** Words that fill a width. */
  String fill(Font font, int width) {
    String text = words(1);
    while (true) {
      String longer = text + " " + words(1);
      if (width(font, longer) > width) {
        return text;
      }
      text = longer;
    }
  }

  double width(Font font, String text) {
    return font.getStringBounds(text, g.getFontRenderContext()).getWidth();
  }

  /** Draws one line with its baseline at {@code y} and remembers its ink. */
  void line(Font font, String text, double x, double y) {
    GlyphVector glyphs = font.createGlyphVector(g.getFontRenderContext(), text);
    g.drawGlyphVector(glyphs, (float) x, (float) y);
    Rectangle2D ink = glyphs.getVisualBounds();
    lines.add(
        new Truth(
            new Rectangle2D.Double(ink.getX() + x, ink.getY() + y, ink.getWidth(), ink.getHeight()),
            text));
  }

  /** Draws a paragraph; returns the baseline of the line that would follow. */
  double paragraph(Font font, int count, double x, double y, int width) {
    double pitch = font.getSize2D() * 1.35;
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      line(font, fill(font, last ? width / 2 : width), x, y);
      y += pitch;
    }
    return y;
  }

  /** Draws a table of short cells; returns the baseline that would follow. */
  double table(Font font, int rows, int columns, double x, double y, int width, boolean ruled) {
    double pitch = font.getSize2D() * 1.9;
    double top = y - font.getSize2D() * 1.3;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        String cell =
            column == 0
                ? fill(font, width / columns - 40)
                : String.valueOf(100 + random.nextInt(90_000));
        line(font, cell, x + column * (double) width / columns + 8, y);
      }
      y += pitch;
    }
    if (ruled) {
      g.setStroke(new BasicStroke(2));
      for (int row = 0; row <= rows; row++) {
        int at = (int) (top + row * pitch);
        g.drawLine((int) x - 6, at, (int) x + width, at);
      }
      for (int column = 0; column <= columns; column++) {
        int at = (int) (x - 6 + column * (double) width / columns);
        g.drawLine(at, (int) top, at, (int) (top + rows * pitch));
      }
    }
    return y;
  }

  /** Draws something like a photograph. */
  void picture(int x, int y, int width, int height) {
    double a = 0.02 + random.nextDouble() * 0.03;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double wave =
            Math.sin(a * column + 0.7 * Math.sin(0.031 * row)) + Math.cos(0.043 * row + a * column);
        int value = (int) Math.max(0, Math.min(255, 110 + 45 * wave + random.nextInt(40)));
        image.setRGB(x + column, y + row, value << 16 | (value * 9 / 10) << 8 | value * 8 / 10);
      }
    }
  }

  void rule(int x, int y, int width) {
    g.fillRect(x, y, width, 3);
  }

  /** Turns clockwise by quarters and then by a few degrees, on paper that has room. */
  PageSketch turned(int quarters, double degrees) {
    double angle = Math.toRadians(90.0 * quarters + degrees);
    double c = Math.abs(Math.cos(angle));
    double s = Math.abs(Math.sin(angle));
    int width = (int) Math.ceil(image.getWidth() * c + image.getHeight() * s);
    int height = (int) Math.ceil(image.getHeight() * c + image.getWidth() * s);
    PageSketch turned = new PageSketch(1, width, height);
    AffineTransform place = new AffineTransform();
    place.translate(width / 2.0, height / 2.0);
    place.rotate(angle);
    place.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
    turned.g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    turned.g.drawImage(image, place, null);
    turned.lines.addAll(lines);
    turned.placed = place;
    return turned;
  }

  /** The pixels under light that falls off to one corner, with noise. */
  RgbImage scanned(double darkest, double noise, long seed) {
    float[] grain = grain(seed, noise);
    long draw = seed * 2 + 1;
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] rgb = new byte[3 * argb.length];
    for (int i = 0; i < argb.length; i++) {
      double light =
          1 - (1 - darkest) * ((double) (i % width) / width + (double) (i / width) / height) / 2;
      draw = draw * 6364136223846793005L + 1442695040888963407L;
      double add = grain[(int) (draw >>> 52)];
      for (int c = 0; c < 3; c++) {
        double value = (argb[i] >> (16 - 8 * c) & 0xff) * light + add;
        rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static float[] grain(long seed, double noise) {
    Random random = new Random(seed);
    float[] grain = new float[4096];
    for (int i = 0; i < grain.length; i++) {
      grain[i] = (float) (noise * random.nextGaussian());
    }
    return grain;
  }

  RgbImage clean() {
    return scanned(1, 0, 0);
  }

  /** Where a line's ink is on the straight page that a layout speaks of. */
  Box expected(Truth truth, PageTransform transform) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = 0;
    double bottom = 0;
    for (int corner = 0; corner < 4; corner++) {
      Point2D page =
          placed.transform(
              new Point2D.Double(
                  (corner & 1) == 0 ? truth.ink().getMinX() : truth.ink().getMaxX(),
                  (corner & 2) == 0 ? truth.ink().getMinY() : truth.ink().getMaxY()),
              null);
      double[] straight = transform.fromPage(page.getX(), page.getY());
      left = Math.min(left, straight[0]);
      top = Math.min(top, straight[1]);
      right = Math.max(right, straight[0]);
      bottom = Math.max(bottom, straight[1]);
    }
    return new Box(
        (int) Math.max(0, Math.floor(left)),
        (int) Math.max(0, Math.floor(top)),
        (int) Math.ceil(right),
        (int) Math.ceil(bottom));
  }
}
