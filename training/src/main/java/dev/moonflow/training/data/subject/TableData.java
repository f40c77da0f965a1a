package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Nouns;
import dev.moonflow.training.data.text.Prose;
import dev.moonflow.training.data.text.Values;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of whole numbers with a name for each row and column.
 *
 * @param topic place in the taxonomy
 * @param title above the table
 * @param corner heading of the column of names
 * @param columns headings of the columns of numbers
 * @param rows names of the rows
 * @param values [row][column]
 */
public record TableData(
    String topic,
    String title,
    String corner,
    List<String> columns,
    List<String> rows,
    int[][] values) {

  /** A table about a random subject. */
  public static TableData pick(Draw draw, int rowsMax, int columnsMax) {
    int rowCount = draw.between(2, rowsMax);
    int columnCount = draw.between(1, columnsMax);
    String corner;
    String topic;
    List<String> rows;
    switch (draw.below(4)) {
      case 0 -> {
        corner = "City";
        topic = "geography/cities";
        rows = draw.distinct(Lexicon.PLACES, rowCount);
      }
      case 1 -> {
        corner = "Name";
        topic = "people/results";
        rows = draw.distinct(Lexicon.FIRST_NAMES, rowCount);
      }
      case 2 -> {
        corner = "Product";
        topic = "trade/products";
        rows = draw.distinct(Lexicon.PRODUCTS, rowCount);
      }
      default -> {
        corner = "Month";
        topic = "calendar/figures";
        int first = draw.below(13 - Math.min(12, rowCount));
        rows = Values.MONTHS.subList(first, first + Math.min(rowCount, 12 - first));
      }
    }
    List<String> columns = new ArrayList<>();
    if (draw.chance(0.35)) {
      int year = draw.between(1990, 2030);
      for (int i = 0; i < columnCount; i++) {
        columns.add(Integer.toString(year + i));
      }
    } else {
      draw.distinct(Lexicon.NOUNS, columnCount)
          .forEach(noun -> columns.add(Prose.capital(Nouns.plural(noun))));
    }
    int bound = draw.pick(20, 100, 100, 1000, 5000);
    int[][] values = new int[rows.size()][columns.size()];
    for (int[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = draw.between(1, bound);
      }
    }
    String title = Prose.capital(draw.pick(Lexicon.ADJECTIVES)) + " " + draw.pick(Lexicon.NOUNS);
    return new TableData(topic, title, corner, columns, List.copyOf(rows), values);
  }

  private List<String> cells(int row) {
    List<String> cells = new ArrayList<>();
    cells.add(row < 0 ? corner : rows.get(row));
    for (int i = 0; i < columns.size(); i++) {
      cells.add(row < 0 ? columns.get(i) : Integer.toString(values[row][i]));
    }
    return cells;
  }

  /** As Markdown, the form in which tables are read out. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    for (int row = -1; row < rows.size(); row++) {
      text.append("| ").append(String.join(" | ", cells(row))).append(" |\n");
      if (row < 0) {
        text.append("|").append(" --- |".repeat(columns.size() + 1)).append('\n');
      }
    }
    return text.toString().strip();
  }

  /** Draws title and cells, with or without rules. */
  public Drawing draw(Draw draw, FontSet fonts) {
    Font font = fonts.pickPlain(draw, draw.uniform(12, 18));
    Font bold = font.deriveFont(Font.BOLD);
    double size = font.getSize2D();
    double[] widths = new double[columns.size() + 1];
    for (int row = -1; row < rows.size(); row++) {
      List<String> cells = cells(row);
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Canvas.width(bold, cells.get(i)) + size * 1.4);
      }
    }
    double total = 0;
    for (double width : widths) {
      total += width;
    }
    double margin = size * draw.uniform(0.6, 1.6);
    double rowHeight = size * draw.uniform(1.5, 2.1);
    double titleHeight = size * 2;
    int width = (int) Math.ceil(Math.max(total, Canvas.width(bold, title)) + 2 * margin);
    int height = (int) Math.ceil(titleHeight + rowHeight * (rows.size() + 1) + 2 * margin);
    Color paper = draw.chance(0.6) ? Color.WHITE : Inks.light(draw);
    Canvas canvas = new Canvas(width, height, paper);
    List<TextLine> lines = new ArrayList<>();
    lines.add(new TextLine(title, canvas.text(title, bold, Color.BLACK, margin, margin + size)));
    double top = margin + titleHeight;
    Color rule = draw.pick(Color.BLACK, Color.GRAY, Color.LIGHT_GRAY);
    int style = draw.below(3);
    Color head = draw.chance(0.5) ? new Color(222, 228, 238) : paper;
    canvas.rectangle(new Box(margin, top, margin + total, top + rowHeight), head);
    for (int row = -1; row < rows.size(); row++) {
      double y = top + (row + 1) * rowHeight;
      List<String> cells = cells(row);
      double x = margin;
      for (int i = 0; i < widths.length; i++) {
        Font face = row < 0 ? bold : font;
        double textWidth = Canvas.width(face, cells.get(i));
        double at = i == 0 ? x + size * 0.5 : x + widths[i] - size * 0.5 - textWidth;
        Box box = canvas.text(cells.get(i), face, Color.BLACK, at, y + rowHeight / 2 + size * 0.35);
        lines.add(new TextLine(cells.get(i), box));
        if (style == 0) {
          canvas.frame(new Box(x, y, x + widths[i], y + rowHeight), rule, 1);
        }
        x += widths[i];
      }
      if (style == 1) {
        canvas.line(margin, y + rowHeight, margin + total, y + rowHeight, rule, 1);
      }
    }
    return new Drawing(canvas, lines, FontSet.family(font));
  }

  /** A question that a look answers. */
  public Question question(Draw draw) {
    int row = draw.below(rows.size());
    int column = draw.below(columns.size());
    String where = columns.get(column) + " of " + rows.get(row);
    return Question.look(
        draw.pick(
            "What is the value of " + where + "?",
            "According to the table, what is " + where + "?",
            "Which number stands in row "
                + rows.get(row)
                + ", column "
                + columns.get(column)
                + "?"),
        Integer.toString(values[row][column]));
  }

  /** A question that takes several steps. */
  public Question reasoning(Draw draw) {
    int column = draw.below(columns.size());
    return Series.of(columns.get(column), rows, column(column)).reasoning(draw);
  }

  private int[] column(int column) {
    int[] of = new int[rows.size()];
    for (int i = 0; i < of.length; i++) {
      of[i] = values[i][column];
    }
    return of;
  }

  /** Statements of what can be learnt from it. */
  public String facts() {
    List<String> facts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      facts.addAll(Series.of(columns.get(i), rows, column(i)).facts());
    }
    return title + ". " + String.join(" ", facts);
  }
}
