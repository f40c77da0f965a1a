package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Prose;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes in layers with arrows from each layer to the next.
 *
 * @param layers names of the boxes, from top to bottom
 * @param arrows pairs of names, from and to
 */
public record FlowDiagram(List<List<String>> layers, List<String[]> arrows) {

  /** A random one of two to four layers. */
  public static FlowDiagram pick(Draw draw) {
    List<String> names = draw.distinct(Lexicon.NOUNS, 12);
    List<List<String>> layers = new ArrayList<>();
    int next = 0;
    for (int i = draw.between(2, 4); i > 0; i--) {
      int count = draw.between(1, 3);
      layers.add(names.subList(next, next + count).stream().map(Prose::capital).toList());
      next += count;
    }
    List<String[]> arrows = new ArrayList<>();
    for (int i = 0; i + 1 < layers.size(); i++) {
      for (String to : layers.get(i + 1)) {
        arrows.add(new String[] {draw.pick(layers.get(i)), to});
      }
    }
    return new FlowDiagram(layers, arrows);
  }

  /** Draws it. */
  public Drawing draw(Draw draw, FontSet fonts) {
    Font font = fonts.pickPlain(draw, draw.uniform(12, 16));
    double size = font.getSize2D();
    int width = 380;
    double step = size * 5;
    Canvas canvas = new Canvas(width, (int) (step * layers.size()), Color.WHITE);
    java.util.Map<String, Box> boxes = new java.util.HashMap<>();
    for (int row = 0; row < layers.size(); row++) {
      List<String> layer = layers.get(row);
      for (int i = 0; i < layer.size(); i++) {
        double x = width * (i + 0.5) / layer.size();
        double half = Math.min(58, Canvas.width(font, layer.get(i)) / 2 + size * 0.7);
        double y = step * (row + 0.5);
        boxes.put(layer.get(i), new Box(x - half, y - size, x + half, y + size));
      }
    }
    for (String[] arrow : arrows) {
      Box from = boxes.get(arrow[0]);
      Box to = boxes.get(arrow[1]);
      arrow(canvas, from.centreX(), from.bottom(), to.centreX(), to.top());
    }
    Color fill = Inks.light(draw);
    List<TextLine> lines = new ArrayList<>();
    for (List<String> layer : layers) {
      for (String name : layer) {
        Box box = boxes.get(name);
        canvas.rectangle(box, fill);
        canvas.frame(box, Color.BLACK, 1.2);
        Font face = font;
        double room = box.width() - 6;
        if (Canvas.width(font, name) > room) {
          face = font.deriveFont((float) Math.floor(size * room / Canvas.width(font, name)));
        }
        lines.add(
            new TextLine(
                name, canvas.centred(name, face, Color.BLACK, box.centreX(), box.centreY())));
      }
    }
    return new Drawing(canvas, lines, FontSet.family(font));
  }

  private static void arrow(Canvas canvas, double x0, double y0, double x1, double y1) {
    canvas.line(x0, y0, x1, y1, Color.BLACK, 1.4);
    double length = Math.hypot(x1 - x0, y1 - y0);
    double ux = (x1 - x0) / length;
    double uy = (y1 - y0) / length;
    java.awt.geom.Path2D head = new java.awt.geom.Path2D.Double();
    head.moveTo(x1, y1);
    head.lineTo(x1 - 8 * ux - 4 * uy, y1 - 8 * uy + 4 * ux);
    head.lineTo(x1 - 8 * ux + 4 * uy, y1 - 8 * uy - 4 * ux);
    head.closePath();
    canvas.fill(head, Color.BLACK);
  }

  /** As a mermaid diagram. */
  public String mermaid() {
    StringBuilder text = new StringBuilder("graph TD\n");
    for (String[] arrow : arrows) {
      text.append("  ").append(arrow[0]).append(" --> ").append(arrow[1]).append('\n');
    }
    return text.toString().strip();
  }

  /** What leads to what. */
  public String facts() {
    List<String> text = new ArrayList<>();
    for (String[] arrow : arrows) {
      text.add(arrow[0] + " leads to " + arrow[1].toLowerCase(java.util.Locale.ROOT) + ".");
    }
    return "A diagram of " + boxCount() + " boxes. " + String.join(" ", text);
  }

  private int boxCount() {
    return layers.stream().mapToInt(List::size).sum();
  }

  /** What leads to a box. */
  public Question question(Draw draw) {
    String[] arrow = draw.pick(arrows);
    return Question.look("From which box does an arrow lead to \"" + arrow[1] + "\"?", arrow[0]);
  }
}
