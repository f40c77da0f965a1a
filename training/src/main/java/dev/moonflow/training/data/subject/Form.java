package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.render.Box;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Shapes that everybody has a word for. */
public enum Form {
  CIRCLE,
  SQUARE,
  RECTANGLE,
  TRIANGLE,
  DIAMOND,
  STAR,
  HEXAGON,
  CROSS,
  RING,
  ARROW;

  /** The word. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The outline, filling a square box (a rectangle fills the middle of it). */
  public Shape in(Box box) {
    double x = box.left();
    double y = box.top();
    double w = box.width();
    double h = box.height();
    return switch (this) {
      case CIRCLE -> new Ellipse2D.Double(x, y, w, h);
      case SQUARE -> new Rectangle2D.Double(x, y, w, h);
      case RECTANGLE -> new Rectangle2D.Double(x, y + h * 0.27, w, h * 0.46);
      case TRIANGLE -> path(box, 0.5, 0, 1, 1, 0, 1);
      case DIAMOND -> path(box, 0.5, 0, 0.9, 0.5, 0.5, 1, 0.1, 0.5);
      case HEXAGON -> path(box, 0.25, 0.07, 0.75, 0.07, 1, 0.5, 0.75, 0.93, 0.25, 0.93, 0, 0.5);
      case CROSS ->
          path(
              box, 0.35, 0, 0.65, 0, 0.65, 0.35, 1, 0.35, 1, 0.65, 0.65, 0.65, 0.65, 1, 0.35, 1,
              0.35, 0.65, 0, 0.65, 0, 0.35, 0.35, 0.35);
      case ARROW ->
          path(box, 0, 0.38, 0.58, 0.38, 0.58, 0.12, 1, 0.5, 0.58, 0.88, 0.58, 0.62, 0, 0.62);
      case STAR -> star(box);
      case RING -> {
        Area ring = new Area(new Ellipse2D.Double(x, y, w, h));
        ring.subtract(
            new Area(new Ellipse2D.Double(x + w * 0.26, y + h * 0.26, w * 0.48, h * 0.48)));
        yield ring;
      }
    };
  }

  private static Shape star(Box box) {
    double[] points = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 0.5 : 0.21;
      double angle = Math.PI * i / 5 - Math.PI / 2;
      points[2 * i] = 0.5 + radius * StrictMath.cos(angle);
      points[2 * i + 1] = 0.52 + radius * StrictMath.sin(angle);
    }
    return path(box, points);
  }

  private static Shape path(Box box, double... points) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.length; i += 2) {
      double x = box.left() + points[i] * box.width();
      double y = box.top() + points[i + 1] * box.height();
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }
}
