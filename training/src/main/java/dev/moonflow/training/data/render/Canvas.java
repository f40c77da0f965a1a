package dev.moonflow.training.data.render;

import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** An image that is being drawn. What is drawn is answered with its box. Not thread-safe. */
public final class Canvas {
  private final BufferedImage image;
  private final Graphics2D graphics;

  /** An image of one colour. */
  public Canvas(int width, int height, Color paper) {
    image = Images.blank(width, height);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(paper);
    graphics.fillRect(0, 0, width, height);
  }

  /** Pixels in a row. */
  public int width() {
    return image.getWidth();
  }

  /** Rows. */
  public int height() {
    return image.getHeight();
  }

  /** What was drawn; later drawing changes it. */
  public BufferedImage image() {
    return image;
  }

  /** Java2D itself, for what has no method here. */
  public Graphics2D graphics() {
    return graphics;
  }

  /** What was drawn, as a PNG outside any conversation. */
  public Part.Image png() {
    return Images.png(Role.NONE, image);
  }

  /** What was drawn, as a PNG in a turn. */
  public Part.Image png(Role role) {
    return Images.png(role, image);
  }

  /** Width of a text in pixels. */
  public static double width(Font font, String text) {
    return FontMeasure.of(font).width(text, font.getSize2D());
  }

  /** Box of a text's ink, baseline at (0, 0). */
  public static Box ink(Font font, String text) {
    return FontMeasure.of(font).ink(text, font.getSize2D());
  }

  /**
   * Draws a line of text.
   *
   * @param x where it begins
   * @param baseline y of its baseline
   * @return the box of its ink
   */
  public Box text(String text, Font font, Color color, double x, double baseline) {
    graphics.setColor(color);
    graphics.setFont(font);
    graphics.drawString(text, (float) x, (float) baseline);
    Box ink = ink(font, text);
    return new Box(x + ink.left(), baseline + ink.top(), x + ink.right(), baseline + ink.bottom());
  }

  /** Draws a line of text around a point. */
  public Box centred(String text, Font font, Color color, double x, double y) {
    Box ink = ink(font, text);
    return text(text, font, color, x - ink.centreX(), y - ink.centreY());
  }

  /** Fills a shape. */
  public Box fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
    return box(shape.getBounds2D());
  }

  /** Draws the outline of a shape. */
  public Box outline(Shape shape, Color color, double width) {
    graphics.setColor(color);
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(shape);
    return box(shape.getBounds2D()).grown(width / 2);
  }

  /** Fills a rectangle. */
  public Box rectangle(Box box, Color color) {
    return fill(shape(box), color);
  }

  /** Draws the frame of a rectangle. */
  public Box frame(Box box, Color color, double width) {
    return outline(shape(box), color, width);
  }

  /** Draws a straight line. */
  public void line(double x0, double y0, double x1, double y1, Color color, double width) {
    outline(new java.awt.geom.Line2D.Double(x0, y0, x1, y1), color, width);
  }

  /** A box as a shape. */
  public static Shape shape(Box box) {
    return new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height());
  }

  private static Box box(Rectangle2D bounds) {
    return new Box(bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY());
  }
}
