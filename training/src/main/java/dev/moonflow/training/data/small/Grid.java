package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.print.FontPicker;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.Question;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A small table: a name and one or two numbers in each row.
 *
 * @param corner heading of the names
 * @param columns of numbers, with equal names
 */
record Grid(String corner, List<Figures> columns) {
  /** A table whose whole content is of the vocabulary's side. */
  static Grid pick(Draw draw, Vocabulary words) {
    return words.ownBy(draw, d -> any(d, words), Grid::text);
  }

  private static Grid any(Draw draw, Vocabulary words) {
    int rows = draw.between(2, 5);
    int count = draw.chance(0.5) ? 1 : 2;
    String corner;
    List<String> names;
    switch (draw.below(4)) {
      case 0 -> {
        corner = "City";
        names = words.places(draw, rows, 8);
      }
      case 1 -> {
        corner = "Name";
        names = words.firstNames(draw, rows, 8);
      }
      case 2 -> {
        corner = "Item";
        names = words.goods(draw, rows);
      }
      default -> {
        corner = "Month";
        int first = draw.below(13 - rows);
        names = Values.MONTHS.subList(first, first + rows);
        names = names.stream().map(month -> month.substring(0, 3)).toList();
      }
    }
    int bound = draw.pick(20, 99, 99, 500);
    List<Figures> columns = new ArrayList<>();
    while (columns.size() < count) {
      String measure = words.things(draw, 7);
      List<Long> values = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        values.add(draw.between(1L, bound));
      }
      Figures figures = new Figures(measure, names, values, Sums.WHOLE);
      if (figures.isClear() && columns.stream().noneMatch(c -> c.measure().equals(measure))) {
        columns.add(figures);
      }
    }
    return new Grid(corner, columns);
  }

  private List<String> names() {
    return columns.get(0).names();
  }

  private List<String> cells(int row) {
    List<String> cells = new ArrayList<>();
    cells.add(row < 0 ? corner : names().get(row));
    for (Figures column : columns) {
      cells.add(row < 0 ? Prose.capital(column.measure()) : "" + column.values().get(row));
    }
    return cells;
  }

  /** All cells, row by row. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int row = -1; row < names().size(); row++) {
      text.append(String.join(" ", cells(row))).append('\n');
    }
    return text.toString().strip();
  }

  /** Draws it, at most {@link Sheet#SIDE_MAX} pixels wide and high. */
  Drawing draw(Draw draw, FontPicker fonts) {
    Look look = Look.pick(draw, fonts, text());
    int rows = names().size() + 1;
    double pitch = look.pitch() * draw.uniform(1, 1.15);
    double total = sum(widths(look));
    double factor = Math.min(1, Math.min(322 / total, 322 / (pitch * rows)));
    return draw(draw, look.scaled(factor), pitch * factor);
  }

  private double[] widths(Look look) {
    double[] widths = new double[columns.size() + 1];
    for (int row = -1; row < names().size(); row++) {
      List<String> cells = cells(row);
      for (int i = 0; i < widths.length; i++) {
        double width = Canvas.width(look.font(), cells.get(i)) + 0.8 * look.em();
        widths[i] = Math.max(widths[i], width);
      }
    }
    return widths;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private Drawing draw(Draw draw, Look look, double pitch) {
    double[] widths = widths(look);
    double total = sum(widths);
    double margin = 7;
    Canvas canvas =
        new Canvas(
            (int) Math.min(Sheet.SIDE_MAX, Math.ceil(total + 2 * margin)),
            (int) Math.min(Sheet.SIDE_MAX, Math.ceil(pitch * (names().size() + 1) + 2 * margin)),
            look.paper());
    int style = draw.below(3);
    List<TextLine> lines = new ArrayList<>();
    for (int row = -1; row < names().size(); row++) {
      double y = margin + (row + 1) * pitch;
      double x = margin;
      List<String> cells = cells(row);
      for (int i = 0; i < widths.length; i++) {
        double wide = Canvas.width(look.font(), cells.get(i));
        double at = i == 0 ? x + 0.4 * look.em() : x + widths[i] - 0.4 * look.em() - wide;
        double baseline = y + pitch / 2 + 0.33 * look.em();
        Box box = canvas.text(cells.get(i), look.font(), look.ink(), at, baseline);
        lines.add(new TextLine(cells.get(i), box));
        if (style == 0) {
          canvas.frame(new Box(x, y, x + widths[i], y + pitch), look.ink(), 1);
        }
        x += widths[i];
      }
      if (style == 1 || style == 2 && row < 0) {
        canvas.line(margin, y + pitch, margin + total, y + pitch, look.ink(), 1.2);
      }
    }
    return new Drawing(canvas, lines, look.font().getFamily(Locale.ROOT));
  }

  /** A question that a look answers, by what it asks for. */
  Map.Entry<String, Question> question(Draw draw) {
    Figures column = draw.pick(columns);
    String measure = column.measure();
    return switch (draw.below(6)) {
      case 0 ->
          Map.entry(
              "count", new Question("How many rows are there?", List.of(), "" + names().size()));
      case 1 -> Map.entry("largest", column.extreme(draw, "Which row has the %s " + measure + "?"));
      case 2 -> {
        int a = draw.below(names().size());
        int b = (a + draw.between(1, names().size() - 1)) % names().size();
        String asked =
            "Does %s have more %s than %s?".formatted(names().get(a), measure, names().get(b));
        boolean more = column.values().get(a) > column.values().get(b);
        yield Map.entry("yes-no", new Question(asked, List.of(), more ? "Yes" : "No"));
      }
      default -> Map.entry("field", column.value(draw, "How many " + measure + " does %s have?"));
    };
  }

  /** A sum or a difference, in steps. */
  Question sum(Draw draw) {
    if (columns.size() == 1) {
      return columns.get(0).sum(draw);
    }
    String name = draw.pick(names());
    int row = names().indexOf(name);
    long a = columns.get(0).values().get(row);
    long b = columns.get(1).values().get(row);
    List<String> steps = new ArrayList<>();
    steps.add("%s has %d %s.".formatted(name, a, columns.get(0).measure()));
    steps.add("%s has %d %s.".formatted(name, b, columns.get(1).measure()));
    steps.addAll(Sums.WHOLE.add(a, b));
    return new Question(
        "How many %s and %s does %s have together?"
            .formatted(columns.get(0).measure(), columns.get(1).measure(), name),
        steps,
        "" + (a + b));
  }

  /** What it is, with its measures. */
  String caption() {
    return "A table of %s with %d rows.".formatted(measures(), names().size());
  }

  private String measures() {
    return String.join(" and ", columns.stream().map(Figures::measure).toList());
  }

  /** Phrases of the caption that must be right, by attribute. */
  Map<String, String> checks() {
    return Map.of("kind", "a table", "of", "of " + measures(), "rows", names().size() + " rows");
  }
}
