package dev.moonflow.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured and on what: as Markdown, CSV and JSON. */
public final class BenchReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<Measures> tables = new ArrayList<>();

  /** An empty report of one benchmark. */
  public BenchReport(String name) {
    this.name = name;
    fact("Java", Runtime.version() + " (" + System.getProperty("os.arch") + ")");
    fact("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  /** Notes what the figures hold for. */
  public BenchReport fact(String what, String value) {
    facts.put(what, value);
    return this;
  }

  /** Adds a table. */
  public Measures add(Measures table) {
    tables.add(table);
    return table;
  }

  /** For people. */
  public String markdown() {
    StringBuilder out = new StringBuilder("# moonflow bench ").append(name).append("\n\n");
    facts.forEach(
        (what, value) -> out.append("- ").append(what).append(": ").append(value).append('\n'));
    for (Measures table : tables) {
      out.append("\n## ").append(table.title()).append("\n\n");
      out.append(line(table.columns())).append('\n');
      out.append("|---".repeat(table.columns().size())).append("|\n");
      for (List<Object> row : table.rows()) {
        out.append(line(row.stream().map(Measures::shown).toList())).append('\n');
      }
    }
    return out.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** All tables below each other, each with its headings; a first column names the table. */
  public String csv() {
    StringBuilder out = new StringBuilder();
    for (Measures table : tables) {
      out.append("table,").append(cells(table.columns())).append('\n');
      for (List<Object> row : table.rows()) {
        out.append(cell(table.title())).append(',').append(cells(row)).append('\n');
      }
    }
    return out.toString();
  }

  private static String cells(List<?> values) {
    return values.stream().map(BenchReport::cell).collect(Collectors.joining(","));
  }

  private static String cell(Object value) {
    String text = value.toString();
    return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** For programs; figures are not rounded. */
  public String json() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", name);
    root.set("facts", JSON.valueToTree(facts));
    ArrayNode all = root.putArray("tables");
    for (Measures table : tables) {
      ObjectNode node = all.addObject();
      node.put("title", table.title());
      ArrayNode rows = node.putArray("rows");
      for (List<Object> row : table.rows()) {
        ObjectNode values = rows.addObject();
        for (int i = 0; i < row.size(); i++) {
          Object value = row.get(i);
          boolean missing = value instanceof Double number && number.isNaN();
          values.set(table.columns().get(i), JSON.valueToTree(missing ? null : value));
        }
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  /** Writes {@code NAME.md}, {@code NAME.csv} and {@code NAME.json} into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), markdown());
    Files.writeString(folder.resolve(name + ".csv"), csv());
    Files.writeString(folder.resolve(name + ".json"), json() + "\n");
  }
}
