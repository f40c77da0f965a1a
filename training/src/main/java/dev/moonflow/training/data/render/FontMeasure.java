package dev.moonflow.training.data.render;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Advance and ink of every character of a font at one size, from which those of a text at any size
 * follow: without hinting, measures grow with the size. Asking Java2D for the outline of every line
 * costs more than drawing it. Thread-safe.
 */
final class FontMeasure {
  private static final float EM = 1024;
  private static final int COMMON = 0x250;

  /** Without antialiased fractional metrics, widths would be rounded to pixels. */
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private static final Map<Font, FontMeasure> CACHE = new ConcurrentHashMap<>();
  private static final int CACHE_MAX = 4096;

  /** Advance and ink of a character, in 1024ths of the size. */
  private record Glyph(float advance, float left, float top, float right, float bottom) {}

  private final Font font;
  private final Glyph[] common = new Glyph[COMMON];
  private final Map<Character, Glyph> others = new ConcurrentHashMap<>();

  private FontMeasure(Font font) {
    this.font = font;
  }

  static FontMeasure of(Font font) {
    if (CACHE.size() > CACHE_MAX) {
      CACHE.clear();
    }
    return CACHE.computeIfAbsent(font.deriveFont(EM), FontMeasure::new);
  }

  private Glyph glyph(char c) {
    if (c >= COMMON) {
      return others.computeIfAbsent(c, this::measure);
    }
    Glyph glyph = common[c];
    if (glyph == null) {
      // Threads may measure the same character; they find the same.
      glyph = measure(c);
      common[c] = glyph;
    }
    return glyph;
  }

  private Glyph measure(char c) {
    GlyphVector vector = font.createGlyphVector(CONTEXT, new char[] {c});
    Rectangle2D ink = vector.getVisualBounds();
    return new Glyph(
        vector.getGlyphMetrics(0).getAdvance(),
        (float) ink.getMinX(),
        (float) ink.getMinY(),
        (float) ink.getMaxX(),
        (float) ink.getMaxY());
  }

  /** Width of a text of this size in pixels. */
  double width(String text, double size) {
    double width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += glyph(text.charAt(i)).advance;
    }
    return width * size / EM;
  }

  /** Box of a text's ink in pixels, baseline and beginning at (0, 0). */
  Box ink(String text, double size) {
    double x = 0;
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < text.length(); i++) {
      Glyph glyph = glyph(text.charAt(i));
      if (glyph.right > glyph.left) {
        left = Math.min(left, x + glyph.left);
        right = Math.max(right, x + glyph.right);
        top = Math.min(top, glyph.top);
        bottom = Math.max(bottom, glyph.bottom);
      }
      x += glyph.advance;
    }
    if (left > right) {
      return new Box(0, -1, Math.max(1, x * size / EM), 0);
    }
    double scale = size / EM;
    return new Box(left * scale, top * scale, right * scale, bottom * scale);
  }
}
