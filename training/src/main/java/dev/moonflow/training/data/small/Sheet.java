package dev.moonflow.training.data.small;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.print.FontPicker;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text one under another, at most {@value #SIDE_MAX} pixels wide and high. */
final class Sheet {
  /** Pixels of a picture's side at most: 12 by 12 merged patches. */
  static final int SIDE_MAX = 336;

  private static final double GAP = 0.9;

  private enum Kind {
    LEFT,
    CENTRE,
    PAIR,
    RULE
  }

  private record Row(Kind kind, String left, String right) {
    double width(Look look) {
      double width = Canvas.width(look.font(), left);
      return kind == Kind.PAIR ? width + Canvas.width(look.font(), right) + GAP * look.em() : width;
    }
  }

  private final List<Row> rows = new ArrayList<>();

  Sheet left(String text) {
    rows.add(new Row(Kind.LEFT, text, ""));
    return this;
  }

  Sheet centre(String text) {
    rows.add(new Row(Kind.CENTRE, text, ""));
    return this;
  }

  /** One text at the left edge, one at the right. */
  Sheet pair(String left, String right) {
    rows.add(new Row(Kind.PAIR, left, right));
    return this;
  }

  /** What stands at the right of the first row that has this at its left. */
  String right(String left) {
    return rows.stream()
        .filter(row -> row.kind() == Kind.PAIR && row.left().equals(left))
        .map(Row::right)
        .findFirst()
        .orElseThrow();
  }

  Sheet rule() {
    rows.add(new Row(Kind.RULE, "", ""));
    return this;
  }

  /** All text, row by row. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      if (row.kind() != Kind.RULE) {
        text.append(row.left()).append(row.right().isEmpty() ? "" : " " + row.right()).append('\n');
      }
    }
    return text.toString().strip();
  }

  /** Draws it, as large as the look says or as has room. */
  Drawing draw(Draw draw, FontPicker fonts) {
    Look look = Look.pick(draw, fonts, text());
    double margin = draw.uniform(6, 14);
    double widest = rows.stream().mapToDouble(row -> row.width(look)).max().orElse(0);
    double high = rows.stream().mapToDouble(row -> step(row, look)).sum();
    double room = SIDE_MAX - 2 * margin;
    return draw(draw, look.scaled(Math.min(1, Math.min(room / widest, room / high))), margin);
  }

  private static double step(Row row, Look look) {
    return row.kind() == Kind.RULE ? 0.45 * look.pitch() : look.pitch();
  }

  private Drawing draw(Draw draw, Look look, double margin) {
    double widest = rows.stream().mapToDouble(row -> row.width(look)).max().orElse(0);
    double high = rows.stream().mapToDouble(row -> step(row, look)).sum();
    double wide = Math.min(SIDE_MAX - 2 * margin, widest * draw.uniform(1, 1.25));
    int width = (int) Math.floor(wide + 2 * margin);
    Canvas canvas =
        new Canvas(width, (int) Math.min(SIDE_MAX, Math.ceil(high + 2 * margin)), look.paper());
    List<TextLine> lines = new ArrayList<>();
    double y = margin;
    for (Row row : rows) {
      double baseline = y + 0.5 * look.pitch() + 0.33 * look.em();
      double right = width - margin;
      switch (row.kind()) {
        case LEFT -> add(canvas, lines, look, row.left(), margin, baseline);
        case CENTRE -> {
          double x = (width - Canvas.width(look.font(), row.left())) / 2;
          add(canvas, lines, look, row.left(), x, baseline);
        }
        case PAIR -> {
          add(canvas, lines, look, row.left(), margin, baseline);
          double x = right - Canvas.width(look.font(), row.right());
          add(canvas, lines, look, row.right(), x, baseline);
        }
        default -> {
          double at = y + step(row, look) / 2;
          canvas.line(margin, at, right, at, look.ink(), 1.3);
        }
      }
      y += step(row, look);
    }
    return new Drawing(canvas, lines, look.font().getFamily(Locale.ROOT));
  }

  private static void add(
      Canvas canvas, List<TextLine> lines, Look look, String text, double x, double baseline) {
    Box box = canvas.text(text, look.font(), look.ink(), x, baseline);
    lines.add(new TextLine(text, box));
  }
}
