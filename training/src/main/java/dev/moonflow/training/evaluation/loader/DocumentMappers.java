package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.media.Media;
import dev.moonflow.training.evaluation.media.MediaFiles;
import dev.moonflow.training.evaluation.metric.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of DocVQA's family (InfoVQA), OCRBench and MMLongBench-Doc. */
final class DocumentMappers {
  private static final List<String> VQA_FOLDERS =
      List.of("", "images", "infographicsvqa_images", "documents");
  private static final List<String> OCR_FOLDERS = List.of("", "OCRBench_Images", "images");
  private static final List<String> DOCUMENT_FOLDERS = List.of("documents", "");

  /** The only part of OCRBench that is compared as formulas. */
  private static final String FORMULAS = "HME100k";

  /** Relative error that MMLongBench-Doc lets pass in decimal numbers. */
  private static final double FLOAT_TOLERANCE = 0.01;

  private DocumentMappers() {}

  /** InfoVQA: {@code questionId, question, image_local_name or image, answers, answer_type}. */
  static Optional<Item> docVqa(Row row) {
    String field = row.has("image_local_name") ? "image_local_name" : "image";
    List<String> types = row.texts("answer_type");
    return Optional.of(
        new Item(
            row.text("questionId"),
            row.text("question"),
            "",
            List.of(MediaFiles.image(DataFiles.named(row, field, VQA_FOLDERS))),
            new Target.Text(references(row, "answers")),
            types.isEmpty() ? Map.of() : Map.of("answer-type", String.join(" and ", types))));
  }

  /** OCRBench: {@code dataset_name, type, question, answers, image_path}, or its Parquet names. */
  static Optional<Item> ocrBench(Row row) {
    Media image =
        row.has("image")
            ? MediaFiles.image(row.bytes("image"), row.where() + ", image")
            : MediaFiles.image(DataFiles.named(row, "image_path", OCR_FOLDERS));
    List<String> answers = references(row, row.has("answers") ? "answers" : "answer");
    String dataset = row.firstText("dataset_name", "dataset");
    return Optional.of(
        new Item(
            row.has("id") ? row.text("id") : row.place(),
            row.text("question"),
            "",
            List.of(image),
            dataset.equals(FORMULAS) ? new Target.Formula(answers) : new Target.Text(answers),
            Map.of("type", row.firstText("type", "question_type"))));
  }

  private static List<String> references(Row row, String field) {
    List<String> references = row.texts(field);
    if (references.isEmpty()) {
      throw row.complaint(field, "is missing");
    }
    return references;
  }

  /** MMLongBench-Doc: {@code doc_id, question, answer, evidence_pages, answer_format}. */
  static Optional<Item> longDocument(Row row) {
    int evidence = row.texts("evidence_pages").size();
    String format = row.text("answer_format");
    Map<String, String> groups =
        Map.of(
            "format", format, "pages", evidence == 0 ? "none" : evidence == 1 ? "one" : "several");
    return Optional.of(
        new Item(
            row.text("doc_id") + ", " + row.place(),
            row.text("question"),
            "",
            List.of(MediaFiles.document(DataFiles.named(row, "doc_id", DOCUMENT_FOLDERS))),
            longDocumentAnswer(row, format),
            groups));
  }

  private static Target longDocumentAnswer(Row row, String format) {
    String answer = row.text("answer");
    try {
      return switch (format) {
        case "None" -> new Target.Unanswerable();
        case "Int" -> new Target.Number(number(answer), 0, 0);
        case "Float" -> new Target.Number(number(answer), FLOAT_TOLERANCE, 0);
        case "List" -> new Target.AllOf(references(row, "answer"));
        case "Str" -> new Target.Text(List.of(answer));
        default ->
            throw row.complaint(
                "answer_format", "must be Str, Int, Float, List or None, not " + format);
      };
    } catch (NumberFormatException e) {
      throw row.complaint("answer", "must be a number, not \"" + answer + "\"");
    }
  }

  private static double number(String answer) {
    return Double.parseDouble(answer.replaceAll("[,%$]", "").strip());
  }
}
