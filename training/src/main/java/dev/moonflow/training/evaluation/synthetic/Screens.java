package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Box;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Agent grounding: a window with a title bar, and buttons or check boxes, one of them asked for.
 */
final class Screens implements ItemMaker {
  private static final int WIDTH = 448;
  private static final int HEIGHT = 336;
  private static final int COLUMNS = 3;
  private static final int ROWS = 4;
  private static final Color INK = new Color(0x1E1E24);
  private static final Color EDGE = new Color(0x8A8F99);

  /** A control of the window. */
  private record Widget(String label, boolean checkBox, Box box) {}

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    int count = 4 + random.nextInt(6);
    List<String> labels = Words.some(count, Words.LABELS, random);
    List<Integer> cells = new ArrayList<>();
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      cells.add(i);
    }
    List<Integer> places = Words.some(count, cells, random);
    List<Widget> widgets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean checkBox = i == 0 ? index % 3 == 2 : random.nextInt(3) == 0;
      double x = 24 + places.get(i) % COLUMNS * 140 + random.nextInt(12);
      double y = 56 + places.get(i) / COLUMNS * 66 + random.nextInt(14);
      Box box = checkBox ? new Box(x, y + 4, x + 20, y + 24) : new Box(x, y, x + 104, y + 32);
      widgets.add(new Widget(labels.get(i), checkBox, box));
    }
    String title = Words.one(Words.PLACES, random);
    Widget asked = widgets.get(0);
    String kind = asked.checkBox() ? "check box" : "button";
    return new Item(
        id,
        "the " + kind + " \"" + asked.label() + "\"",
        "",
        List.of(b -> List.of(draw(title, widgets))),
        new Target.Place(asked.box(), WIDTH, HEIGHT, request.task().coordinates()),
        Map.of("widget", kind));
  }

  private static RgbImage draw(String title, List<Widget> widgets) {
    Canvas canvas = new Canvas(WIDTH, HEIGHT, new Color(0xF3F4F6));
    canvas.fill(new Rectangle2D.Double(0, 0, WIDTH, 34), new Color(0x34495E));
    canvas.text(title, 14, 23, 16, Color.WHITE);
    for (Widget widget : widgets) {
      Box box = widget.box();
      double width = box.right() - box.left();
      double height = box.bottom() - box.top();
      if (widget.checkBox()) {
        Rectangle2D square = new Rectangle2D.Double(box.left(), box.top(), width, height);
        canvas.fill(square, Color.WHITE);
        canvas.outline(square, 1.5, EDGE);
        canvas.text(widget.label(), box.right() + 8, box.top() + 15, 15, INK);
      } else {
        RoundRectangle2D button =
            new RoundRectangle2D.Double(box.left(), box.top(), width, height, 8, 8);
        canvas.fill(button, new Color(0xDDE3EA));
        canvas.outline(button, 1.5, EDGE);
        canvas.centered(widget.label(), box.left() + width / 2, box.top() + 21, 15, INK);
      }
    }
    return canvas.image();
  }
}
