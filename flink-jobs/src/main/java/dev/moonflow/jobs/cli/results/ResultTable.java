package dev.moonflow.jobs.cli.results;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Table;
import java.util.List;
import java.util.Locale;

/** Results as rows: topic, source, part and text. */
public final class ResultTable {
  private final Table table;

  /** A table on a console. */
  public ResultTable(Console console) {
    int source = Math.max(16, Math.min(28, console.width() / 4));
    table = new Table(console, List.of("TOPIC", "SOURCE", "PART", "TEXT"), 8, source, 12);
  }

  /** Prints the headings. */
  public void header() {
    table.header();
  }

  /** Prints a result. */
  public void row(OutputRow row) {
    if (row.dead()) {
      // A reason that is cut helps nobody.
      table.rowWhole("dead", row.source(), row.part(), row.text());
    } else {
      String topic = row.topic().name().toLowerCase(Locale.ROOT);
      table.row(topic, row.source(), row.part(), row.text());
    }
  }
}
