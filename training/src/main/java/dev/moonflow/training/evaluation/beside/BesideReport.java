package dev.moonflow.training.evaluation.beside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.evaluation.statistics.Interval;
import java.util.List;
import java.util.Locale;

/** Comparisons for people, and for programs. */
public final class BesideReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BesideReport() {}

  /** As a section of Markdown. */
  public static String markdown(List<Beside> comparisons) {
    StringBuilder text = new StringBuilder("# Beside another reader\n\n");
    text.append("Error rates in percent on the same images, less is better, with 95 % intervals");
    text.append(" (bootstrap over items; the difference pair by pair).\n");
    for (Beside each : comparisons) {
      text.append("\n## %s (`%s`)\n\n".formatted(each.task().title(), each.task().name()));
      text.append("Beside ").append(each.reader()).append(".\n\n");
      text.append("| group | items | model | interval | other | interval | model less other |\n");
      text.append("|---|---:|---:|---|---:|---|---|\n");
      for (Beside.Row row : each.rows()) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %s | %.2f | %s | %s |%n",
                row.group().replace("|", "\\|"),
                row.items(),
                100 * row.model(),
                interval(row.modelInterval()),
                100 * row.other(),
                interval(row.otherInterval()),
                interval(row.difference())));
      }
    }
    return text.toString();
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%.2f to %.2f", 100 * interval.low(), 100 * interval.high());
  }

  /** As JSON; rates are shares. */
  public static String json(List<Beside> comparisons) {
    ArrayNode root = JSON.createArrayNode();
    for (Beside each : comparisons) {
      ObjectNode node = root.addObject();
      node.put("task", each.task().name()).put("reader", each.reader());
      ArrayNode rows = node.putArray("rows");
      for (Beside.Row row : each.rows()) {
        ObjectNode of = rows.addObject().put("group", row.group()).put("items", row.items());
        put(of.putObject("model"), row.model(), row.modelInterval());
        put(of.putObject("other"), row.other(), row.otherInterval());
        of.putObject("difference")
            .put("low", row.difference().low())
            .put("high", row.difference().high());
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of nodes can be written", e);
    }
  }

  private static void put(ObjectNode node, double value, Interval interval) {
    node.put("rate", value).put("low", interval.low()).put("high", interval.high());
  }
}
