package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Mathematics: areas and sides of labelled figures, and written sums. Answers are whole numbers.
 */
final class FigureSums implements ItemMaker {
  private static final int SIDE = 252;
  private static final Color INK = new Color(0x202020);
  private static final Color FILL = new Color(0xDCE6F2);
  private static final int[][] TRIPLES = {
    {3, 4, 5}, {6, 8, 10}, {5, 12, 13}, {8, 15, 17}, {9, 12, 15}, {7, 24, 25}, {12, 16, 20}
  };

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    int a = 2 + random.nextInt(18);
    int b = 2 + random.nextInt(18);
    int[] legs = TRIPLES[random.nextInt(TRIPLES.length)];
    int plus = 10 + random.nextInt(90);
    int more = 10 + random.nextInt(90);
    return switch (index % 4) {
      case 0 -> item(id, "area", "What is the area of the rectangle?", a * b, rectangle(a, b));
      case 1 ->
          item(
              id,
              "perimeter",
              "What is the perimeter of the rectangle?",
              2 * (a + b),
              rectangle(a, b));
      case 2 ->
          item(
              id,
              "hypotenuse",
              "How long is the longest side of the triangle?",
              legs[2],
              triangle(legs[0], legs[1]));
      default -> item(id, "sum", "What is the result of the sum?", plus + more, sum(plus, more));
    };
  }

  private interface Drawing {
    RgbImage draw();
  }

  private static Item item(String id, String kind, String question, int value, Drawing drawing) {
    return new Item(
        id,
        question,
        "",
        List.of(budget -> List.of(drawing.draw())),
        new Target.Number(value, 0, 0),
        Map.of("question", kind));
  }

  private static Drawing rectangle(int a, int b) {
    return () -> {
      Canvas canvas = new Canvas(SIDE, SIDE, Color.WHITE);
      double scale = 160.0 / Math.max(a, b);
      double width = Math.max(30, a * scale);
      double height = Math.max(30, b * scale);
      Rectangle2D box = new Rectangle2D.Double(30, 30, width, height);
      canvas.fill(box, FILL);
      canvas.outline(box, 2, INK);
      canvas.centered(Integer.toString(a), 30 + width / 2, 52 + height, 18, INK);
      canvas.text(Integer.toString(b), 38 + width, 36 + height / 2, 18, INK);
      return canvas.image();
    };
  }

  private static Drawing triangle(int a, int b) {
    return () -> {
      Canvas canvas = new Canvas(SIDE, SIDE, Color.WHITE);
      double scale = 160.0 / Math.max(a, b);
      double width = Math.max(40, a * scale);
      double height = Math.max(40, b * scale);
      Path2D path = new Path2D.Double();
      path.moveTo(50, 30);
      path.lineTo(50, 30 + height);
      path.lineTo(50 + width, 30 + height);
      path.closePath();
      canvas.fill(path, FILL);
      canvas.outline(path, 2, INK);
      canvas.outline(new Rectangle2D.Double(50, 18 + height, 12, 12), 1, INK);
      canvas.centered(Integer.toString(a), 50 + width / 2, 52 + height, 18, INK);
      canvas.rightAligned(Integer.toString(b), 44, 36 + height / 2, 18, INK);
      return canvas.image();
    };
  }

  private static Drawing sum(int a, int b) {
    return () -> {
      Canvas canvas = new Canvas(SIDE, 112, new Color(0xFBFAF5));
      canvas.centered(a + " + " + b + " = ?", SIDE / 2.0, 68, 36, INK);
      return canvas.image();
    };
  }
}
