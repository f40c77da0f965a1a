package dev.moonflow.training.trainer.log;

import dev.moonflow.training.trainer.StepRecord;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All steps of a stage as a table of numbers, in memory and as a CSV file.
 *
 * @param columns names; the first is {@code step}
 * @param rows one per step, each as long as {@code columns}
 */
public record MetricsTable(List<String> columns, List<double[]> rows) {
  /** The columns that every stage has, before those of its objective. */
  static final List<String> COMMON =
      List.of(
          "step",
          "loss",
          "learning_rate",
          "gradient_norm",
          "tokens",
          "tokens_per_second",
          "expert_load_violation");

  public MetricsTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The table's columns for a record, in order. */
  static List<String> columns(StepRecord record) {
    List<String> columns = new ArrayList<>(COMMON);
    columns.addAll(record.metrics().keySet());
    return columns;
  }

  /** A record as a row under those columns; NaN where it has nothing. */
  static double[] row(StepRecord record, List<String> columns) {
    Map<String, Double> values = new LinkedHashMap<>(record.metrics());
    values.put("step", (double) record.step());
    values.put("loss", record.loss());
    values.put("learning_rate", record.learningRate());
    values.put("gradient_norm", record.gradientNorm());
    values.put("tokens", (double) record.tokens());
    values.put("tokens_per_second", record.tokensPerSecond());
    values.put("expert_load_violation", record.loadViolation());
    return columns.stream().mapToDouble(name -> values.getOrDefault(name, Double.NaN)).toArray();
  }

  /** One column. */
  public double[] column(String name) {
    int at = columns.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException("there is no column " + name + " among " + columns);
    }
    return rows.stream().mapToDouble(row -> row[at]).toArray();
  }

  /**
   * Reads a file.
   *
   * @throws TrainingStoppedException naming file and line if it is no such table
   */
  public static MetricsTable read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        return new MetricsTable(COMMON, List.of());
      }
      List<String> columns = List.of(lines.get(0).split(","));
      List<double[]> rows = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        String[] cells = lines.get(i).split(",", -1);
        if (cells.length != columns.size()) {
          throw damaged(file, i + 1, null);
        }
        try {
          rows.add(Arrays.stream(cells).mapToDouble(MetricsTable::number).toArray());
        } catch (NumberFormatException e) {
          throw damaged(file, i + 1, e);
        }
      }
      return new MetricsTable(columns, rows);
    } catch (IOException e) {
      throw new TrainingStoppedException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private static TrainingStoppedException damaged(Path file, int line, Exception cause) {
    return new TrainingStoppedException(file + ", line " + line + " is damaged.", cause);
  }

  /** A row as a line: whole numbers without a point, nothing for NaN. */
  static String line(double[] row) {
    StringBuilder line = new StringBuilder();
    for (double value : row) {
      line.append(line.isEmpty() ? "" : ",");
      if (Double.isNaN(value)) {
        continue;
      }
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
      line.append(whole ? Long.toString((long) value) : Double.toString(value));
    }
    return line.toString();
  }
}
