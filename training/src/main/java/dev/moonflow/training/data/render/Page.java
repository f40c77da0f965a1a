package dev.moonflow.training.data.render;

import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A page that is filled from the top, column by column. Every method that adds something answers
 * whether it had room; what has none leaves the page as it was, but for the lines of a paragraph
 * that fitted ({@link #paragraph}). Not thread-safe.
 */
public final class Page {
  private final Canvas canvas;
  private final PageStyle style;
  private final double columnWidth;
  private final double gutter;
  private final List<TextLine> lines = new ArrayList<>();
  private int column;
  private double y;

  /** An empty page. */
  public Page(int width, int height, PageStyle style) {
    this.canvas = new Canvas(width, height, style.paper());
    this.style = style;
    this.gutter = style.body().getSize2D() * 1.5;
    this.columnWidth =
        (width - 2.0 * style.margin() - gutter * (style.columns() - 1)) / style.columns();
    this.y = style.margin();
  }

  /** The image under it. */
  public Canvas canvas() {
    return canvas;
  }

  /** Every line so far, in reading order. */
  public List<TextLine> lines() {
    return lines;
  }

  /** All text so far, a line each. */
  public String text() {
    return String.join("\n", lines.stream().map(TextLine::text).toList());
  }

  private double x() {
    return style.margin() + column * (columnWidth + gutter);
  }

  /** Makes sure of room; begins the next column if this one is full. */
  private boolean room(double height) {
    if (y + height <= canvas.height() - style.margin()) {
      return true;
    }
    if (column + 1 >= style.columns() || height > canvas.height() - 2.0 * style.margin()) {
      return false;
    }
    column++;
    y = style.margin();
    return true;
  }

  private void line(String text, Font font, Color color, double indent) {
    double step = font.getSize2D() * style.leading();
    double baseline = y + font.getSize2D() * 0.95;
    lines.add(new TextLine(text, canvas.text(text, font, color, x() + indent, baseline)));
    y += step;
  }

  /** A heading on lines that stay together. */
  public boolean heading(String text) {
    List<String> wrapped = Wrapping.lines(text, style.heading(), columnWidth);
    double step = style.heading().getSize2D() * style.leading();
    if (!room(step * (wrapped.size() + 0.4))) {
      return false;
    }
    wrapped.forEach(each -> line(each, style.heading(), style.ink(), 0));
    gap(0.2);
    return true;
  }

  /**
   * A paragraph, as many lines of it as there is room for.
   *
   * @return how many characters of the text are on the page; all of it if it fitted
   */
  public int paragraph(String text) {
    int done = 0;
    for (String each : Wrapping.lines(text, style.body(), columnWidth)) {
      if (!room(style.body().getSize2D() * style.leading())) {
        return done;
      }
      line(each, style.body(), style.ink(), 0);
      done += each.length() + 1;
    }
    gap(0.6);
    return text.length();
  }

  /** One line as it is, without wrapping. */
  public boolean single(String text, double indent) {
    if (!room(style.body().getSize2D() * style.leading())) {
      return false;
    }
    line(text, style.body(), style.ink(), indent);
    return true;
  }

  /** Empty space, in sizes of the font. */
  public void gap(double sizes) {
    y += style.body().getSize2D() * sizes;
  }

  /** A picture, scaled down to the column if it is wider; the box it has, or null without room. */
  public Box picture(BufferedImage image) {
    double scale = Math.min(1, columnWidth / image.getWidth());
    double height = image.getHeight() * scale;
    if (!room(height)) {
      return null;
    }
    Box box = new Box(x(), y, x() + image.getWidth() * scale, y + height);
    canvas
        .graphics()
        .setRenderingHint(
            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas
        .graphics()
        .drawImage(
            image,
            (int) box.left(),
            (int) box.top(),
            (int) Math.round(box.width()),
            (int) Math.round(box.height()),
            null);
    y += height + style.body().getSize2D() * 0.5;
    return box;
  }

  /** Whether a line more would fit. */
  public boolean hasRoom() {
    return y + style.body().getSize2D() * style.leading() <= canvas.height() - style.margin()
        || column + 1 < style.columns();
  }
}
