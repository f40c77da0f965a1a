package dev.moonflow.training.evaluation.needle;

import dev.moonflow.training.evaluation.statistics.Interval;
import dev.moonflow.training.evaluation.statistics.Wilson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many needles were found.
 *
 * @param cells by length, then depth
 * @param problems why needles could not be asked for; those count as not found
 */
public record NeedleReport(List<Cell> cells, List<String> problems) {
  public NeedleReport {
    cells = List.copyOf(cells);
    problems = List.copyOf(problems);
  }

  /**
   * One length and depth.
   *
   * @param length tokens of the prompt
   * @param depth from 0 to 1
   * @param found needles recalled
   * @param asked needles asked for
   */
  public record Cell(int length, double depth, int found, int asked) {}

  /** The share that was found, over everything. */
  public double recall() {
    return share(cells);
  }

  /** The share that was found, for each length. */
  public Map<Integer, Double> recallByLength() {
    Map<Integer, Double> recall = new TreeMap<>();
    for (Cell cell : cells) {
      recall.computeIfAbsent(
          cell.length(),
          length -> share(cells.stream().filter(c -> c.length() == length).toList()));
    }
    return recall;
  }

  private static double share(List<Cell> cells) {
    int asked = cells.stream().mapToInt(Cell::asked).sum();
    return asked == 0 ? 0 : (double) cells.stream().mapToInt(Cell::found).sum() / asked;
  }

  /** A line for each length, in Markdown. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("| tokens | recall % | 95 % interval | needles |\n");
    text.append("|---:|---:|---|---:|\n");
    for (int length : recallByLength().keySet()) {
      List<Cell> row = cells.stream().filter(c -> c.length() == length).toList();
      int asked = row.stream().mapToInt(Cell::asked).sum();
      int found = row.stream().mapToInt(Cell::found).sum();
      Interval interval = Wilson.of(found, asked);
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %.1f | %.1f to %.1f | %d |\n",
              length,
              100.0 * found / asked,
              100 * interval.low(),
              100 * interval.high(),
              asked));
    }
    return text.toString();
  }
}
