package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.media.Media;
import dev.moonflow.training.evaluation.media.MediaFiles;
import dev.moonflow.training.evaluation.metric.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of MMMU and of the TSV benchmarks (MMBench, MMStar, RealWorldQA, AI2D). */
final class QuestionMappers {
  private static final int MMMU_IMAGES = 7;

  /** A field this short is the index of the row that holds the image. */
  private static final int REFERENCE_MAX = 64;

  private QuestionMappers() {}

  /** {@code id, question, options, answer, question_type, image_1 … image_7}. */
  static Optional<Item> mmmu(Row row) {
    String id = row.text("id");
    List<Media> images = new ArrayList<>();
    for (int i = 1; i <= MMMU_IMAGES; i++) {
      String field = "image_" + i;
      if (row.has(field)) {
        images.add(MediaFiles.image(row.bytes(field), row.where() + ", " + field));
      }
    }
    List<String> options = row.texts("options");
    Target target =
        options.isEmpty() || row.textOrEmpty("question_type").equals("open")
            ? new Target.Text(row.texts("answer"))
            : Options.byLetter(row, "answer", options);
    return Optional.of(
        new Item(id, row.text("question"), "", images, target, Map.of("subject", subject(id))));
  }

  /** {@code validation_Art_Theory_12} is of Art_Theory. */
  private static String subject(String id) {
    int first = id.indexOf('_');
    int last = id.lastIndexOf('_');
    return first >= 0 && first < last ? id.substring(first + 1, last) : "other";
  }

  /** {@code index, question, hint, A, B, …, answer, category, image}. */
  static Optional<Item> tsv(Row row) {
    List<String> options = new ArrayList<>();
    for (char letter = 'A'; letter <= 'Z' && row.has(Character.toString(letter)); letter++) {
      options.add(row.text(Character.toString(letter)));
    }
    if (options.isEmpty()) {
      throw row.complaint("A", "is missing");
    }
    Map<String, String> groups =
        row.has("category") ? Map.of("category", row.text("category")) : Map.of();
    return Optional.of(
        new Item(
            row.text("index"),
            row.text("question"),
            row.textOrEmpty("hint"),
            List.of(tsvImage(row)),
            Options.byLetter(row, "answer", options),
            groups));
  }

  private static Media tsvImage(Row row) {
    String image = row.text("image");
    if (image.length() > REFERENCE_MAX) {
      return MediaFiles.image(row.bytes("image"), row.where() + ", image");
    }
    return budget -> MediaFiles.image(sharedImage(row, image), row.where()).images(budget);
  }

  /** The image of another row, looked for when it is needed: keeping all would take gigabytes. */
  private static byte[] sharedImage(Row row, String index) {
    try (RowSource rows = RowSource.open(row.file())) {
      while (rows.hasNext()) {
        Row other = rows.next();
        if (other.textOrEmpty("index").equals(index)
            && other.textOrEmpty("image").length() > REFERENCE_MAX) {
          return other.bytes("image");
        }
      }
    }
    throw row.complaint("image", "is \"" + index + "\", and no row of that index has an image");
  }
}
