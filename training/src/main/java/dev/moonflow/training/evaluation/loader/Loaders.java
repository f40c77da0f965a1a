package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.ItemOpener;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The readers by the names that task definitions use as loaders. */
public final class Loaders {
  private static final Map<String, ItemOpener> OPENERS =
      Map.of(
          "mmmu",
          request ->
              rows(
                  request,
                  QuestionMappers::mmmu,
                  "validation*.parquet",
                  "*.parquet",
                  "*.jsonl",
                  "*.json"),
          "tsv",
          request -> rows(request, QuestionMappers::tsv, "*.tsv"),
          "mathvista",
          request -> rows(request, MathMappers::mathVista, "testmini*.parquet", "testmini.json"),
          "mathvision",
          request ->
              rows(request, MathMappers::mathVision, "test-*.parquet", "test.jsonl", "test.json"),
          "docvqa",
          request -> rows(request, DocumentMappers::docVqa, "*val*.json"),
          "ocrbench",
          request -> rows(request, DocumentMappers::ocrBench, "test*.parquet", "OCRBench.json"),
          "mmlongbench",
          request -> rows(request, DocumentMappers::longDocument, "samples.json", "*.parquet"),
          "screenspot",
          request -> rows(request, new ScreenMapper(request.task()), "screenspot*.json", "*.json"),
          "video-mme",
          request -> {
            boolean subtitles = request.task().setting("subtitles", "false").equals("true");
            return rows(
                request,
                row -> VideoMappers.videoMme(row, subtitles),
                "*.parquet",
                "*.jsonl",
                "*.json");
          },
          "video-choice",
          request -> rows(request, VideoMappers::videoChoice, "lvb_val.json", "*.json"));

  private static final String NO_ANSWER = "the answer file does not have their answers.";

  private Loaders() {}

  /** The reader of a name; null when there is none. */
  public static ItemOpener named(String name) {
    return name.equals("egoschema") ? Loaders::egoSchema : OPENERS.get(name);
  }

  private static Path data(ItemRequest request) {
    return request
        .data()
        .orElseThrow(
            () ->
                new EvaluationException(
                    "Task %s needs its data: --data %s=PATH, %s."
                        .formatted(
                            request.task().name(), request.task().name(), request.task().data())));
  }

  private static ItemSource rows(ItemRequest request, RowMapper mapper, String... names) {
    return new RowItems(DataFiles.find(data(request), names), mapper);
  }

  private static ItemSource egoSchema(ItemRequest request) {
    Path data = data(request);
    Path folder = data.toFile().isDirectory() ? data : data.toAbsolutePath().getParent();
    Path file = DataFiles.find(folder, "subset_answers.json", "answers.json").get(0);
    try {
      Row answers = new Row(file, "its answers", JsonRows.read(file));
      List<Path> questions = DataFiles.find(data, "questions.json");
      return new RowItems(questions, row -> VideoMappers.egoSchema(row, answers), NO_ANSWER);
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
