package dev.moonflow.training.evaluation.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What others published, as printed: the whole of SPEC section 13.
 *
 * @param source where the figures stand
 * @param aliases names of one benchmark in some tables, and the name used here
 * @param areas benchmarks of the first table, by {@link Area#key}
 * @param tables in the order of the source
 * @param notes on the figures
 */
public record PublishedFigures(
    String source,
    Map<String, String> aliases,
    Map<String, List<String>> areas,
    List<Table> tables,
    List<String> notes) {
  private static final ObjectMapper YAML = new YAMLMapper();

  /**
   * One table.
   *
   * @param columns models, or lengths
   * @param rows values of each benchmark, one for a column, as printed
   */
  public record Table(String name, List<String> columns, Map<String, List<String>> rows) {}

  /** One figure. */
  public record Figure(String table, String column, String value) {}

  /** The figures of the resource. */
  public static PublishedFigures read() {
    try (InputStream in = PublishedFigures.class.getResourceAsStream("published.yaml")) {
      return YAML.readValue(in, PublishedFigures.class);
    } catch (IOException e) {
      throw new IllegalStateException("the resource published.yaml cannot be read", e);
    }
  }

  /** All figures of a benchmark that were given. */
  public List<Figure> of(String benchmark) {
    List<Figure> figures = new ArrayList<>();
    for (Table table : tables) {
      table
          .rows()
          .forEach(
              (row, values) -> {
                if (!aliases.getOrDefault(row, row).equals(benchmark)) {
                  return;
                }
                for (int i = 0; i < values.size(); i++) {
                  if (!values.get(i).equals("-")) {
                    figures.add(new Figure(table.name(), table.columns().get(i), values.get(i)));
                  }
                }
              });
    }
    return figures;
  }

  /** The seed's own figure: of the last model of the first table that has the benchmark. */
  public String seed(String benchmark) {
    for (Table table : tables) {
      List<String> values = table.rows().get(benchmark);
      if (values != null) {
        return table.columns().size() == 2
            ? String.join(" / ", values)
            : values.get(values.size() - 1);
      }
    }
    return "";
  }
}
