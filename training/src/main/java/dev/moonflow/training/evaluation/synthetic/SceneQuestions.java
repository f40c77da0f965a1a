package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.metric.Target;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** General vision: coloured shapes on a ground; how many, of which colour, and where. */
final class SceneQuestions implements ItemMaker {
  private static final int CELL = 84;
  private static final int SIDE = 3;
  private static final List<String> FORMS = List.of("circle", "square", "triangle");
  private static final Map<String, Color> COLOURS = new LinkedHashMap<>();

  static {
    COLOURS.put("red", new Color(0xC62828));
    COLOURS.put("green", new Color(0x2E7D32));
    COLOURS.put("blue", new Color(0x1565C0));
    COLOURS.put("yellow", new Color(0xF9C80E));
    COLOURS.put("black", new Color(0x1A1A1A));
  }

  private static final List<String> NAMES = List.copyOf(COLOURS.keySet());

  /** A shape in a cell of the grid, counted from the top left. */
  private record Thing(String form, String colour, int cell) {}

  @Override
  public Item make(String id, int index, SplittableRandom random, ItemRequest request) {
    List<Integer> cells = new ArrayList<>();
    for (int cell = 0; cell < SIDE * SIDE; cell++) {
      cells.add(cell);
    }
    int count = 3 + random.nextInt(4);
    List<Integer> places = Words.some(count, cells, random);
    String asked = Words.one(FORMS, random);
    List<String> others = FORMS.stream().filter(f -> !f.equals(asked)).toList();
    boolean counting = index % 3 == 0;
    List<Thing> things = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Where a shape is asked for by its form there is only one of it.
      String form =
          counting ? Words.one(FORMS, random) : i == 0 ? asked : Words.one(others, random);
      things.add(new Thing(form, Words.one(NAMES, random), places.get(i)));
    }
    String question;
    Target target;
    if (counting) {
      int number = (int) things.stream().filter(t -> t.form().equals(asked)).count();
      question = "How many " + asked + "s are in the picture?";
      target = Choices.ofNumber(number, random);
    } else if (index % 3 == 1) {
      question = "What colour is the " + asked + "?";
      target = Choices.of(things.get(0).colour(), NAMES, random);
    } else {
      question = "In which column of the picture is the " + asked + "?";
      List<String> columns = List.of("left", "middle", "right");
      target = Choices.of(columns.get(things.get(0).cell() % SIDE), columns, random);
    }
    Map<String, String> groups =
        Map.of("question", List.of("count", "colour", "place").get(index % 3));
    return new Item(id, question, "", List.of(b -> draw(things)), target, groups);
  }

  private static List<RgbImage> draw(List<Thing> things) {
    Canvas canvas = new Canvas(CELL * SIDE, CELL * SIDE, new Color(0xEEEDE6));
    for (Thing thing : things) {
      double x = thing.cell() % SIDE * CELL + 16;
      double y = thing.cell() / SIDE * CELL + 16;
      canvas.fill(shape(thing.form(), x, y, CELL - 32), COLOURS.get(thing.colour()));
    }
    return List.of(canvas.image());
  }

  static Shape shape(String form, double x, double y, double size) {
    return switch (form) {
      case "circle" -> new Ellipse2D.Double(x, y, size, size);
      case "square" -> new Rectangle2D.Double(x, y, size, size);
      default -> {
        Path2D path = new Path2D.Double();
        path.moveTo(x + size / 2, y);
        path.lineTo(x + size, y + size);
        path.lineTo(x, y + size);
        path.closePath();
        yield path;
      }
    };
  }
}
