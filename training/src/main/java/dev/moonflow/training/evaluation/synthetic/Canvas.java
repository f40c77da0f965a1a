package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/** A picture being drawn; text is glyph outlines of Liberation Sans. Used by one thread. */
public final class Canvas {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static TrueTypeFont font;

  private final BufferedImage image;
  private final Graphics2D graphics;

  /** An empty picture of one colour. */
  public Canvas(int width, int height, Color background) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(background);
    graphics.fillRect(0, 0, width, height);
  }

  private static synchronized TrueTypeFont font() {
    if (font == null) {
      try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
        font = new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException("PDFBox's font cannot be read", e);
      }
    }
    return font;
  }

  /** Width of a line at a size in pixels per em. */
  public static double width(String text, double size) {
    try {
      double units = 0;
      for (int i = 0; i < text.length(); i++) {
        units += font().getAdvanceWidth(glyph(text.charAt(i)));
      }
      return units * size / font().getUnitsPerEm();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int glyph(char c) throws IOException {
    return font().getUnicodeCmapLookup().getGlyphId(c);
  }

  /** A line whose baseline begins at a point. */
  public void text(String text, double x, double y, double size, Color color) {
    graphics.setColor(color);
    try {
      double scale = size / font().getUnitsPerEm();
      for (int i = 0; i < text.length(); i++) {
        int glyph = glyph(text.charAt(i));
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(scale, -scale);
        if (font().getGlyph().getGlyph(glyph) != null) {
          graphics.fill(place.createTransformedShape(font().getGlyph().getGlyph(glyph).getPath()));
        }
        x += font().getAdvanceWidth(glyph) * scale;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line around whose middle a point lies. */
  public void centered(String text, double x, double y, double size, Color color) {
    text(text, x - width(text, size) / 2, y, size, color);
  }

  /** A line that ends at a point. */
  public void rightAligned(String text, double x, double y, double size, Color color) {
    text(text, x - width(text, size), y, size, color);
  }

  /** A filled shape. */
  public void fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  /** An outline of a width in pixels. */
  public void outline(Shape shape, double width, Color color) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke((float) width));
    graphics.draw(shape);
  }

  /** What was drawn; nothing may be drawn after. */
  public RgbImage image() {
    graphics.dispose();
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    byte[] rgb = new byte[pixels.length * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = (byte) (pixels[i] >> 16);
      rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
      rgb[3 * i + 2] = (byte) pixels[i];
    }
    return new RgbImage(width, image.getHeight(), rgb);
  }
}
