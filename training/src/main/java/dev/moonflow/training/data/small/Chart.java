package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.print.FontPicker;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.NamedColor;
import dev.moonflow.training.data.subject.Question;
import dev.moonflow.training.data.text.Prose;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A small chart of bars or of a line, with a title, a name under every value and the value above.
 *
 * @param isBars else a line
 * @param colors of the bars, all one or all different; of the line, the first
 */
record Chart(boolean isBars, Figures figures, List<NamedColor> colors) {
  private static final List<NamedColor> STRONG =
      List.of(
          NamedColor.RED,
          NamedColor.GREEN,
          NamedColor.BLUE,
          NamedColor.ORANGE,
          NamedColor.PURPLE,
          NamedColor.BROWN,
          NamedColor.GREY,
          NamedColor.BLACK);

  /** A chart whose whole content is of the vocabulary's side. */
  static Chart pick(Draw draw, Vocabulary words, boolean bars) {
    return words.ownBy(
        draw,
        d -> any(d, words, bars),
        chart -> chart.figures.measure() + chart.figures.names() + chart.figures.values());
  }

  private static Chart any(Draw draw, Vocabulary words, boolean bars) {
    int count = draw.between(3, 5);
    List<String> names =
        switch (draw.below(4)) {
          case 0 -> run(draw, count, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
          case 1 -> run(draw, count, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug");
          case 2 -> {
            int year = draw.between(1990, 2030);
            yield count > 4 ? years(year, 4) : years(year, count);
          }
          default -> words.firstNames(draw, Math.min(4, count), 5);
        };
    String measure = words.things(draw, 10);
    while (true) {
      List<Long> values = new ArrayList<>();
      int bound = draw.pick(9, 50, 99, 99);
      for (int i = 0; i < names.size(); i++) {
        values.add(draw.between(1L, bound));
      }
      Figures figures = new Figures(measure, names, values, Sums.WHOLE);
      if (figures.isClear()) {
        List<NamedColor> colors =
            bars && draw.chance(0.5)
                ? draw.distinct(STRONG, names.size())
                : Collections.nCopies(names.size(), draw.pick(STRONG));
        return new Chart(bars, figures, List.copyOf(colors));
      }
    }
  }

  private static List<String> run(Draw draw, int count, String... names) {
    int first = draw.below(names.length - count + 1);
    return List.of(names).subList(first, first + count);
  }

  private static List<String> years(int first, int count) {
    List<String> years = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      years.add(Integer.toString(first + i));
    }
    return years;
  }

  private String title() {
    return Prose.capital(figures.measure());
  }

  /** Draws it: a slot of equal width for every value. */
  Drawing draw(Draw draw, FontPicker fonts) {
    String text = title() + figures.names() + "0123456789";
    Look look = Look.pick(draw, fonts, text);
    int count = figures.names().size();
    double margin = 8;
    double widest = 0;
    for (String name : figures.names()) {
      widest = Math.max(widest, Canvas.width(look.font(), name));
    }
    double room = (Sheet.SIDE_MAX - 2 * margin) / count;
    look = look.scaled(Math.min(1, (room - 5) / widest));
    double slot = Math.min(room, Math.max(44, widest + 5) * draw.uniform(1, 1.3));
    slot = Math.max(slot, Math.min(room, Canvas.width(look.font(), title()) / count));
    int width = (int) (slot * count + 2 * margin);
    int height = draw.between(196, 308);
    Canvas canvas = new Canvas(width, height, look.paper());
    List<TextLine> lines = new ArrayList<>();
    double em = look.em();
    double top = margin + 2.5 * em;
    double base = height - margin - 1.2 * em;
    add(canvas, lines, look, title(), width / 2.0, margin + 0.8 * em);
    canvas.line(margin, base, width - margin, base, look.ink(), 1.5);
    long most = figures.values().get(figures.indexOf(true));
    Path2D line = new Path2D.Double();
    for (int i = 0; i < count; i++) {
      double x = margin + (i + 0.5) * slot;
      double y = base - (base - top) * figures.values().get(i) / most;
      Color color = colors.get(i).color();
      if (isBars) {
        double half = slot * 0.3;
        canvas.fill(new Rectangle2D.Double(x - half, y, 2 * half, base - y), color);
      } else {
        canvas.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8), color);
        if (i == 0) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
      }
      add(canvas, lines, look, "" + figures.values().get(i), x, y - 0.3 * em);
      add(canvas, lines, look, figures.names().get(i), x, base + 1.0 * em);
    }
    if (!isBars) {
      canvas.outline(line, colors.get(0).color(), 2.5);
    }
    return new Drawing(canvas, lines, look.font().getFamily(Locale.ROOT));
  }

  private static void add(
      Canvas canvas, List<TextLine> lines, Look look, String text, double x, double baseline) {
    double left = x - Canvas.width(look.font(), text) / 2;
    lines.add(new TextLine(text, canvas.text(text, look.font(), look.ink(), left, baseline)));
  }

  /** A question that a look answers, by what it asks for. */
  Map.Entry<String, Question> question(Draw draw) {
    int count = figures.names().size();
    return switch (draw.below(7)) {
      case 0 -> {
        String asked = "How many %s are there?".formatted(isBars ? "bars" : "points");
        yield Map.entry("count", new Question(asked, List.of(), "" + count));
      }
      case 1, 2 -> Map.entry("largest", figures.highest(draw));
      case 3 -> Map.entry("yes-no", figures.higher(draw));
      case 4 -> {
        int i = draw.below(count);
        yield isBars
            ? Map.entry(
                "colour",
                new Question(
                    "What colour is the bar of " + figures.names().get(i) + "?",
                    List.of(),
                    colors.get(i).word()))
            : Map.entry("title", new Question("What is the title?", List.of(), title()));
      }
      default -> Map.entry("field", figures.value(draw, "What is the value of %s?"));
    };
  }

  /** What it is, with its measure and its highest value. */
  String caption() {
    String most = figures.names().get(figures.indexOf(true));
    return "%s of %s with %d %s, the highest is %s."
        .formatted(
            isBars ? "A bar chart" : "A line chart",
            figures.measure(),
            figures.names().size(),
            isBars ? "bars" : "points",
            most);
  }

  /** Phrases of the caption that must be right, by attribute. */
  Map<String, String> checks() {
    return Map.of(
        "kind",
        isBars ? "a bar chart" : "a line chart",
        "of",
        "of " + figures.measure(),
        "count",
        "with " + figures.names().size(),
        "highest",
        "highest is " + figures.names().get(figures.indexOf(true)));
  }
}
