package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.text.Nouns;
import dev.moonflow.training.data.text.Prose;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects of one colour and shape each on a plain ground, none covering another. */
public record Scene(int width, int height, Color ground, List<SceneObject> objects) {
  private static final int ATTEMPTS = 60;
  private static final String[] COUNTS = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
  };

  /**
   * A random scene.
   *
   * @param count objects wanted; fewer if there is no room
   */
  public static Scene pick(Draw draw, int width, int height, int count) {
    Color ground = draw.chance(0.5) ? Color.WHITE : Inks.light(draw);
    List<SceneObject> objects = new ArrayList<>();
    boolean alike = draw.chance(0.4);
    for (int attempt = 0; attempt < ATTEMPTS && objects.size() < count; attempt++) {
      double size = Math.min(width, height) * draw.uniform(0.12, count <= 2 ? 0.45 : 0.28);
      double x = draw.uniform(2, width - size - 2);
      double y = draw.uniform(2, height - size - 2);
      Box box = new Box(x, y, x + size, y + size);
      if (objects.stream().noneMatch(other -> other.box().grown(3).overlaps(box))) {
        SceneObject last = objects.isEmpty() ? null : objects.get(objects.size() - 1);
        Form form = alike && last != null ? last.form() : draw.pick(Form.values());
        NamedColor color =
            alike && last != null && draw.chance(0.6)
                ? last.color()
                : draw.pick(NamedColor.values());
        objects.add(new SceneObject(form, color, box));
      }
    }
    return new Scene(width, height, ground, objects);
  }

  /** Draws it; every object is labelled. */
  public Drawing draw(Draw draw) {
    Canvas canvas = new Canvas(width, height, ground);
    List<TextLine> labels = new ArrayList<>();
    for (SceneObject object : objects) {
      java.awt.Shape shape = object.form().in(object.box());
      canvas.fill(shape, object.color().shade(draw));
      Rectangle2D b = shape.getBounds2D();
      labels.add(
          new TextLine(
              object.words(), new Box(b.getMinX(), b.getMinY(), b.getMaxX(), b.getMaxY())));
    }
    return new Drawing(canvas, labels, "");
  }

  /** How many there are of each kind, in the order of the objects. */
  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    objects.forEach(object -> counts.merge(object.words(), 1, Integer::sum));
    return counts;
  }

  /** What it shows in one sentence: {@code Two red circles and a blue star.} */
  public String summary() {
    List<String> kinds = new ArrayList<>();
    counts()
        .forEach(
            (words, count) ->
                kinds.add(
                    count == 1
                        ? Nouns.withArticle(words)
                        : number(count) + " " + Nouns.plural(words)));
    return Prose.capital(listed(kinds)) + ".";
  }

  /** The summary and where the objects are. */
  public String description() {
    StringBuilder text = new StringBuilder(summary());
    if (objects.size() == 1) {
      return text + " It is " + place(objects.get(0)) + ".";
    }
    Map<String, Integer> counts = counts();
    List<SceneObject> single =
        objects.stream().filter(object -> counts.get(object.words()) == 1).toList();
    for (int i = 0; i + 1 < single.size() && i < 3; i++) {
      SceneObject a = single.get(i);
      SceneObject b = single.get(i + 1);
      text.append(" The ").append(a.words()).append(" is ").append(relation(a, b));
      text.append(" the ").append(b.words()).append('.');
    }
    return text.toString();
  }

  /** A word for a small number. */
  static String number(int count) {
    return count < COUNTS.length ? COUNTS[count] : Integer.toString(count);
  }

  private static String listed(List<String> items) {
    int last = items.size() - 1;
    return last == 0
        ? items.get(0)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** Where an object is in the picture. */
  public String place(SceneObject object) {
    double x = object.box().centreX() / width;
    double y = object.box().centreY() / height;
    String vertical = y < 1 / 3.0 ? "top" : y > 2 / 3.0 ? "bottom" : "";
    String horizontal = x < 1 / 3.0 ? "left" : x > 2 / 3.0 ? "right" : "";
    if (vertical.isEmpty() && horizontal.isEmpty()) {
      return "in the middle";
    }
    String both = (vertical + " " + horizontal).strip();
    return (both.contains(" ") ? "at the " : "at the ") + both;
  }

  private static String relation(SceneObject a, SceneObject b) {
    double dx = a.box().centreX() - b.box().centreX();
    double dy = a.box().centreY() - b.box().centreY();
    if (Math.abs(dx) > Math.abs(dy)) {
      return dx < 0 ? "to the left of" : "to the right of";
    }
    return dy < 0 ? "above" : "below";
  }

  /** A question that a look answers. */
  public Question question(Draw draw) {
    SceneObject object = draw.pick(objects);
    boolean shapeOnce = objects.stream().filter(o -> o.form() == object.form()).count() == 1;
    boolean colorOnce = objects.stream().filter(o -> o.color() == object.color()).count() == 1;
    int kind = draw.below(4);
    if (kind == 0 && shapeOnce) {
      return Question.look(
          "What colour is the " + object.form().word() + "?", object.color().word());
    }
    if (kind == 1 && colorOnce) {
      return Question.look(
          "What shape is the " + object.color().word() + " object?", object.form().word());
    }
    if (kind == 2 && counts().get(object.words()) == 1) {
      return Question.look("Where is the " + object.words() + "?", place(object));
    }
    return counting(draw);
  }

  /** A question that takes counting. */
  public Question counting(Draw draw) {
    SceneObject object = draw.pick(objects);
    int kind = draw.below(3);
    String what =
        switch (kind) {
          case 0 -> Nouns.plural(object.form().word());
          case 1 -> object.color().word() + " objects";
          default -> "objects";
        };
    List<String> steps = new ArrayList<>();
    int count = 0;
    for (SceneObject each : objects) {
      boolean counts =
          kind == 2 || (kind == 0 ? each.form() == object.form() : each.color() == object.color());
      count += counts ? 1 : 0;
      steps.add(
          Prose.capital(each.withArticle())
              + " "
              + place(each)
              + (counts ? ": that makes " + count + "." : ": does not count."));
    }
    return new Question("How many " + what + " are there?", steps, Integer.toString(count));
  }
}
