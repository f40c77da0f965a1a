package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.NamedColor;
import dev.moonflow.training.data.subject.Question;
import dev.moonflow.training.data.text.Prose;
import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One or two groups of objects; of two, one is to the left of the other or above it.
 *
 * @param groups in reading order
 * @param isBeside whether two groups stand side by side, else one above the other
 */
record IconScene(List<Group> groups, boolean isBeside) {
  private static final int ATTEMPTS = 400;

  /** A scene of the vocabulary's side. */
  static IconScene pick(Draw draw, Vocabulary words) {
    return words.ownBy(draw, IconScene::any, IconScene::caption);
  }

  private static IconScene any(Draw draw) {
    boolean beside = draw.chance(0.5);
    if (draw.chance(0.4)) {
      return new IconScene(List.of(Group.pick(draw, 6)), beside);
    }
    Group first = Group.pick(draw, 3);
    Group second = Group.pick(draw, 3);
    while (second.thing().equals(first.thing())) {
      second = Group.pick(draw, 3);
    }
    return new IconScene(List.of(first, second), beside);
  }

  private String relation() {
    return isBeside ? "to the left of" : "above";
  }

  /** {@code Two red cats to the left of a blue car.} */
  String caption() {
    String text = groups.get(0).words();
    if (groups.size() > 1) {
      text += " " + relation() + " " + groups.get(1).words();
    }
    return Prose.capital(text) + ".";
  }

  /** Phrases of the caption that must be right, by attribute. */
  Map<String, String> checks() {
    Map<String, String> checks = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      String number = groups.size() == 1 ? "" : " " + (i + 1);
      String words = group.words();
      checks.put(
          "count" + number, words.substring(0, words.indexOf(' ') + 1) + group.color().word());
      checks.put("colour and object" + number, group.color().word() + " " + group.noun());
    }
    if (groups.size() > 1) {
      checks.put("relation", groups.get(0).noun() + " " + relation());
    }
    return checks;
  }

  /** Draws it; every object is labelled. */
  Drawing draw(Draw draw) {
    Color paper = draw.chance(0.6) ? Color.WHITE : Inks.light(draw);
    boolean single = groups.size() == 1;
    int width = single || isBeside ? draw.between(150, 252) : draw.between(112, 196);
    int height = single || !isBeside ? draw.between(150, 252) : draw.between(112, 196);
    Canvas canvas = new Canvas(width, height, paper);
    List<TextLine> labels = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Box room =
          single
              ? new Box(2, 2, width - 2, height - 2)
              : isBeside
                  ? new Box(width * 0.5 * i + 2, 2, width * 0.5 * (i + 1) - 2, height - 2)
                  : new Box(2, height * 0.5 * i + 2, width - 2, height * 0.5 * (i + 1) - 2);
      place(draw, canvas, labels, groups.get(i), room);
    }
    return new Drawing(canvas, labels, "");
  }

  private static void place(
      Draw draw, Canvas canvas, List<TextLine> labels, Group group, Box room) {
    double most = Math.min(92, Math.min(room.width(), room.height()) - 1);
    double size = Math.min(most, Math.sqrt(room.width() * room.height() / group.count()) * 0.7);
    size = Math.max(26, size * draw.uniform(0.75, 1));
    Color color = group.color().shade(draw);
    List<Box> taken = new ArrayList<>();
    for (int attempt = 0; taken.size() < group.count(); attempt++) {
      if (attempt % ATTEMPTS == ATTEMPTS - 1) {
        size *= 0.9; // It is crowded: smaller ones find room.
      }
      double x = draw.uniform(room.left(), Math.max(room.left() + 0.1, room.right() - size));
      double y = draw.uniform(room.top(), Math.max(room.top() + 0.1, room.bottom() - size));
      Box box = new Box(x, y, x + size, y + size);
      if (taken.stream().noneMatch(other -> other.grown(3).overlaps(box))) {
        taken.add(box);
        Shape shape = group.thing().in(box);
        Box drawn = canvas.fill(shape, color);
        labels.add(new TextLine(group.single(), drawn));
      }
    }
  }

  /** A question that a look answers, by what it asks for. */
  Map.Entry<String, Question> question(Draw draw) {
    Group group = draw.pick(groups);
    return switch (draw.below(groups.size() > 1 ? 5 : 3)) {
      case 0 -> entry("count", "How many " + group.things() + " are there?", "" + group.count());
      case 1 -> {
        String asked =
            "What colour %s the %s?".formatted(group.count() == 1 ? "is" : "are", group.noun());
        yield entry("colour", asked, group.color().word());
      }
      case 2 -> {
        Thing thing = draw.chance(0.5) ? group.thing() : draw.pick(Thing.ALL);
        boolean there = groups.stream().anyMatch(each -> each.thing().equals(thing));
        String a = new Group(1, NamedColor.RED, thing).things();
        yield entry("yes-no", "Are there any " + a + "?", there ? "Yes" : "No");
      }
      case 3 -> {
        boolean first = draw.chance(0.5);
        String where =
            isBeside ? first ? "to the left of" : "to the right of" : first ? "above" : "below";
        Group asked = groups.get(first ? 1 : 0);
        yield entry(
            "position",
            "What is %s the %s?".formatted(where, asked.noun()),
            groups.get(first ? 0 : 1).noun());
      }
      default -> {
        boolean right = draw.chance(0.5);
        Group a = groups.get(right ? 0 : 1);
        Group b = groups.get(right ? 1 : 0);
        String asked =
            "%s the %s %s the %s?"
                .formatted(a.count() == 1 ? "Is" : "Are", a.noun(), relation(), b.noun());
        yield entry("yes-no", asked, right ? "Yes" : "No");
      }
    };
  }

  private static Map.Entry<String, Question> entry(String kind, String asked, String answer) {
    return Map.entry(kind, new Question(asked, List.of(), answer));
  }
}
