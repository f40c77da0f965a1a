package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Nouns;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Arc2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A bar, line or pie chart of a few whole numbers. Bars and slices carry their number; points of a
 * line lie on a grid that is numbered, so that every value can be read off exactly.
 */
public record ChartData(
    Kind kind, String topic, String title, String measure, List<String> names, int[] values) {
  /** How it is drawn. */
  public enum Kind {
    /** Upright bars. */
    BAR,
    /** Points joined by lines. */
    LINE,
    /** Slices of a circle. */
    PIE
  }

  private static final int TICKS = 5;

  /** A chart about a random subject. */
  public static ChartData pick(Draw draw) {
    Kind kind = draw.pick(Kind.values());
    int count = draw.between(3, kind == Kind.PIE ? 5 : 6);
    String measure = Prose.capital(Nouns.plural(draw.pick(Lexicon.NOUNS)));
    List<String> names;
    String topic;
    if (kind == Kind.LINE || draw.chance(0.3)) {
      topic = "calendar/figures";
      if (draw.chance(0.5)) {
        int first = draw.below(12 - count + 1);
        names =
            Values.MONTHS.subList(first, first + count).stream()
                .map(month -> month.substring(0, 3))
                .toList();
      } else {
        int year = draw.between(1990, 2025);
        names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          names.add(Integer.toString(year + i));
        }
      }
    } else if (draw.chance(0.5)) {
      topic = "geography/cities";
      names = draw.distinct(Lexicon.PLACES, count);
    } else {
      topic = "trade/products";
      names = draw.distinct(Lexicon.PRODUCTS, count);
    }
    int step = draw.pick(1, 2, 5, 10, 20);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      int most = TICKS * step;
      values[i] = kind == Kind.LINE ? draw.between(1, TICKS) * step : draw.between(1, most);
    }
    String title = measure + " " + draw.pick("by group", "compared", "at a glance", "in figures");
    return new ChartData(kind, topic, title, measure, List.copyOf(names), values);
  }

  /** Draws it. */
  public Drawing draw(Draw draw, FontSet fonts) {
    Font font = fonts.pickPlain(draw, draw.uniform(12, 16));
    int width = draw.between(300, 460);
    int height = draw.between(220, 320);
    Canvas canvas =
        new Canvas(width, height, draw.chance(0.7) ? Color.WHITE : new Color(250, 248, 240));
    List<TextLine> lines = new ArrayList<>();
    Font bold = font.deriveFont(Font.BOLD);
    double size = font.getSize2D();
    lines.add(
        new TextLine(title, canvas.centred(title, bold, Color.BLACK, width / 2.0, size * 1.2)));
    if (kind == Kind.PIE) {
      pie(draw, canvas, font, lines);
    } else {
      axes(draw, canvas, font, lines);
    }
    return new Drawing(canvas, lines, FontSet.family(font));
  }

  private int most() {
    int most = 1;
    for (int value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  private int tickStep() {
    int most = most();
    if (kind == Kind.LINE) {
      int step = most;
      for (int value : values) {
        step = gcd(step, value);
      }
      return step * Math.max(1, most / step / TICKS);
    }
    return (most + TICKS - 1) / TICKS;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private void axes(Draw draw, Canvas canvas, Font font, List<TextLine> lines) {
    double size = font.getSize2D();
    int step = tickStep();
    int top = step * ((most() + step - 1) / step);
    Box plot = new Box(size * 3.4, size * 2.8, canvas.width() - size, canvas.height() - size * 2.2);
    for (int tick = 0; tick <= top; tick += step) {
      double y = plot.bottom() - plot.height() * tick / top;
      canvas.line(plot.left(), y, plot.right(), y, new Color(215, 215, 215), 1);
      String label = Integer.toString(tick);
      double labelWidth = Canvas.width(font, label);
      lines.add(
          new TextLine(
              label,
              canvas.text(
                  label, font, Color.DARK_GRAY, plot.left() - labelWidth - 5, y + size * 0.35)));
    }
    canvas.line(plot.left(), plot.bottom(), plot.right(), plot.bottom(), Color.BLACK, 1.5);
    canvas.line(plot.left(), plot.top(), plot.left(), plot.bottom(), Color.BLACK, 1.5);
    Color color = draw.pick(NamedColor.values()).shade(draw);
    double slot = plot.width() / values.length;
    Font small = fitted(font, slot * 0.95);
    double lastX = 0;
    double lastY = 0;
    for (int i = 0; i < values.length; i++) {
      double x = plot.left() + slot * (i + 0.5);
      double y = plot.bottom() - plot.height() * values[i] / top;
      if (kind == Kind.BAR) {
        canvas.rectangle(new Box(x - slot * 0.3, y, x + slot * 0.3, plot.bottom()), color);
        lines.add(value(canvas, font, values[i], x, y - size * 0.6));
      } else {
        if (i > 0) {
          canvas.line(lastX, lastY, x, y, color, 2);
        }
        canvas.fill(Form.CIRCLE.in(new Box(x - 4, y - 4, x + 4, y + 4)), color);
      }
      lastX = x;
      lastY = y;
      lines.add(
          new TextLine(
              names.get(i),
              canvas.centred(names.get(i), small, Color.BLACK, x, plot.bottom() + size * 1.0)));
    }
  }

  private static TextLine value(Canvas canvas, Font font, int value, double x, double y) {
    String text = Integer.toString(value);
    return new TextLine(text, canvas.centred(text, font, Color.BLACK, x, y));
  }

  /** The font, smaller if the widest name would not fit. */
  private Font fitted(Font font, double room) {
    double widest = 1;
    for (String name : names) {
      widest = Math.max(widest, Canvas.width(font, name));
    }
    return widest <= room
        ? font
        : font.deriveFont((float) Math.max(8, Math.floor(font.getSize2D() * room / widest)));
  }

  private void pie(Draw draw, Canvas canvas, Font font, List<TextLine> lines) {
    double size = font.getSize2D();
    double radius = Math.min(canvas.width() * 0.26, (canvas.height() - size * 3.5) / 2);
    double cx = radius + size;
    double cy = size * 2.6 + radius;
    int total = 0;
    for (int value : values) {
      total += value;
    }
    List<NamedColor> colors = draw.distinct(List.of(NamedColor.values()), values.length);
    double from = 90;
    double legend = cy - radius + size * 0.5;
    for (int i = 0; i < values.length; i++) {
      double extent = -360.0 * values[i] / total;
      Color color = colors.get(i).color();
      canvas.fill(
          new Arc2D.Double(
              cx - radius, cy - radius, 2 * radius, 2 * radius, from, extent, Arc2D.PIE),
          color);
      from += extent;
      double x = cx + radius + size * 1.5;
      canvas.rectangle(new Box(x, legend - size * 0.7, x + size * 0.8, legend + size * 0.1), color);
      String text = names.get(i) + ": " + values[i];
      Font label = font;
      double room = canvas.width() - x - size * 1.4;
      if (Canvas.width(font, text) > room) {
        label =
            font.deriveFont(
                (float) Math.max(8, Math.floor(size * room / Canvas.width(font, text))));
      }
      lines.add(new TextLine(text, canvas.text(text, label, Color.BLACK, x + size * 1.2, legend)));
      legend += size * 1.7;
    }
  }

  private Series series() {
    return Series.of(measure, names, values);
  }

  /** What kind of chart it is and what of. */
  public String caption() {
    String form =
        switch (kind) {
          case BAR -> "A bar chart";
          case LINE -> "A line chart";
          case PIE -> "A pie chart";
        };
    return "%s titled \"%s\" with %s values, from %s to %s."
        .formatted(
            form, title, Scene.number(values.length), names.get(0), names.get(names.size() - 1));
  }

  /** Every value and what follows. */
  public String facts() {
    List<String> text = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      text.add(names.get(i) + ": " + values[i] + ".");
    }
    text.addAll(series().facts());
    return caption() + " " + String.join(" ", text);
  }

  /** A question that a look answers. */
  public Question question(Draw draw) {
    int i = draw.below(values.length);
    return Question.look(
        draw.pick(
            "What is the value for " + names.get(i) + "?",
            "How high is " + names.get(i) + " in the chart?"),
        Integer.toString(values[i]));
  }

  /** A question that takes several steps. */
  public Question reasoning(Draw draw) {
    return series().reasoning(draw);
  }
}
