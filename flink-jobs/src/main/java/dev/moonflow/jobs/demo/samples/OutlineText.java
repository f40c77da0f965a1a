package dev.moonflow.jobs.demo.samples;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.InputStream;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Text drawn as glyph outlines of the font that PDFBox carries (Liberation Sans), so that a sample
 * looks the same on a machine that has no fonts.
 */
public final class OutlineText implements AutoCloseable {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final TrueTypeFont font;

  /** Reads the font. */
  public OutlineText() throws IOException {
    try (InputStream in = open()) {
      font = new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
    }
  }

  /** The font file's bytes; the caller closes. */
  static InputStream open() throws IOException {
    InputStream in = PDDocument.class.getResourceAsStream(FONT);
    if (in == null) {
      throw new IOException("PDFBox carries no " + FONT);
    }
    return in;
  }

  /** Width of {@code text} at {@code size} pixels per em. */
  public double width(String text, double size) throws IOException {
    double units = 0;
    for (int i = 0; i < text.length(); i++) {
      units += font.getAdvanceWidth(glyph(text.charAt(i)));
    }
    return units * size / font.getUnitsPerEm();
  }

  /** Draws with the baseline's left end at {@code (x, y)}. */
  public void draw(Graphics2D g, String text, double x, double y, double size) throws IOException {
    double scale = size / font.getUnitsPerEm();
    for (int i = 0; i < text.length(); i++) {
      int glyph = glyph(text.charAt(i));
      AffineTransform place = AffineTransform.getTranslateInstance(x, y);
      place.scale(scale, -scale);
      if (font.getGlyph().getGlyph(glyph) != null) {
        g.fill(place.createTransformedShape(font.getGlyph().getGlyph(glyph).getPath()));
      }
      x += font.getAdvanceWidth(glyph) * scale;
    }
  }

  private int glyph(char c) throws IOException {
    return font.getUnicodeCmapLookup().getGlyphId(c);
  }

  @Override
  public void close() throws IOException {
    font.close();
  }
}
