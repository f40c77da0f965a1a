package dev.moonflow.jobs.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table whose rows are printed as they come: columns of fixed width, the last one takes what is
 * left of the line. Used by one thread at a time.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int LAST_COLUMN_MIN = 20;

  private final Console console;
  private final List<String> titles;
  private final int[] widths;

  /**
   * A table.
   *
   * @param titles heading of each column
   * @param widths columns of the terminal for each but the last
   */
  public Table(Console console, List<String> titles, int... widths) {
    if (widths.length != titles.size() - 1) {
      throw new IllegalArgumentException("one width for each column but the last");
    }
    this.console = console;
    this.titles = List.copyOf(titles);
    this.widths = widths.clone();
  }

  /** Prints the headings. */
  public void header() {
    console.line(console.bold(render(titles)));
  }

  /** Prints one row. */
  public void row(String... cells) {
    console.line(render(List.of(cells)));
  }

  /** Prints one row whose last cell is printed whole, however long it is. */
  public void rowWhole(String... cells) {
    List<String> head = new ArrayList<>(List.of(cells));
    String last = head.set(widths.length, "");
    int indent = Arrays.stream(widths).map(w -> w + GAP).sum();
    String line = PrintableText.oneLine(last);
    console.line(PrintableText.pad(render(head), indent) + line);
  }

  /** The row as a line of text; cells are made printable and cut to fit. */
  String render(List<String> cells) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int i = 0; i < widths.length; i++) {
      line.append(PrintableText.pad(cells.get(i), widths[i])).append(" ".repeat(GAP));
      used += widths[i] + GAP;
    }
    int rest = Math.max(LAST_COLUMN_MIN, console.width() - used);
    return line.append(PrintableText.fit(cells.get(widths.length), rest))
        .toString()
        .stripTrailing();
  }
}
