package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.media.Media;
import dev.moonflow.training.evaluation.media.MediaFiles;
import dev.moonflow.training.evaluation.metric.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of MathVista and MathVision. */
final class MathMappers {
  private static final List<String> FOLDERS = List.of("", "images");
  private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E");

  private MathMappers() {}

  /**
   * MathVista: {@code pid, question, image, choices, unit, precision, answer, question_type,
   * answer_type, metadata}.
   */
  static Optional<Item> mathVista(Row row) {
    String unit = row.has("unit") ? " (Unit: " + row.text("unit") + ")" : "";
    List<String> choices = row.texts("choices");
    String task = row.fields().path("metadata").path("task").asText("other");
    return Optional.of(
        new Item(
            row.text("pid"),
            row.text("question") + unit,
            "",
            List.of(image(row)),
            choices.isEmpty() ? vistaAnswer(row) : Options.byText(row, "answer", choices),
            Map.of("task", task)));
  }

  private static Target vistaAnswer(Row row) {
    String type = row.textOrEmpty("answer_type");
    if (!type.equals("integer") && !type.equals("float")) {
      return new Target.Text(List.of(row.text("answer")));
    }
    String answer = row.text("answer");
    try {
      int decimals = type.equals("integer") || !row.has("precision") ? 0 : row.integer("precision");
      return new Target.Number(Double.parseDouble(answer), 0, decimals);
    } catch (NumberFormatException e) {
      throw row.complaint("answer", "must be a number, not \"" + answer + "\"");
    }
  }

  /** MathVision: {@code id, question, options, image, answer, level, subject}. */
  static Optional<Item> mathVision(Row row) {
    List<String> options = row.texts("options");
    // Options that are nothing but their letters are in the picture.
    List<String> shown =
        !options.isEmpty() && options.equals(LETTERS.subList(0, Math.min(5, options.size())))
            ? options.stream().map(o -> "").toList()
            : options;
    Target target =
        options.isEmpty()
            ? new Target.Text(List.of(row.text("answer")))
            : Options.byLetter(row, "answer", shown);
    Map<String, String> groups = row.has("level") ? Map.of("level", row.text("level")) : Map.of();
    return Optional.of(
        new Item(row.text("id"), row.text("question"), "", List.of(image(row)), target, groups));
  }

  private static Media image(Row row) {
    return row.has("decoded_image")
        ? MediaFiles.image(row.bytes("decoded_image"), row.where() + ", decoded_image")
        : MediaFiles.image(DataFiles.named(row, "image", FOLDERS));
  }
}
