package dev.moonflow.jobs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One table of figures. */
public final class Measures {
  private final String title;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  /** An empty table. */
  public Measures(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /** Adds a row: a value for each column, a number or a text. */
  public Measures row(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          title + " has " + columns.size() + " columns, got " + values.length + " values");
    }
    rows.add(List.of(values));
    return this;
  }

  /** What the table is about. */
  public String title() {
    return title;
  }

  /** Headings. */
  public List<String> columns() {
    return columns;
  }

  /** Rows, as added. */
  public List<List<Object>> rows() {
    return List.copyOf(rows);
  }

  /** A value as people read it: three significant digits. */
  static String shown(Object value) {
    if (!(value instanceof Double || value instanceof Float)) {
      return value.toString();
    }
    double number = ((Number) value).doubleValue();
    double size = Math.abs(number);
    if (Double.isNaN(number)) {
      return "n/a";
    }
    String form =
        size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, number);
  }
}
