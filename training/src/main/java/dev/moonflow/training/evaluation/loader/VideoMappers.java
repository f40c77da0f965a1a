package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.media.MediaFiles;
import dev.moonflow.training.evaluation.metric.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows of Video-MME, of MLVU and LongVideoBench, and of EgoSchema. */
final class VideoMappers {
  private static final int EGO_OPTIONS = 5;

  private VideoMappers() {}

  /** {@code question_id, videoID, question, options, answer, duration}. */
  static Optional<Item> videoMme(Row row, boolean subtitles) {
    Path video = DataFiles.video(row, "videoID", List.of("data", "videos", "video", ""));
    Map<String, String> groups =
        row.has("duration") ? Map.of("duration", row.text("duration")) : Map.of();
    return Optional.of(
        new Item(
            row.text("question_id"),
            row.text("question"),
            subtitles ? subtitles(row, video) : "",
            List.of(MediaFiles.video(video)),
            Options.byLetter(row, "answer", Options.bare(row.texts("options"))),
            groups));
  }

  private static String subtitles(Row row, Path video) {
    Path beside = video.toAbsolutePath().getParent();
    for (Path folder :
        List.of(beside.resolveSibling("subtitle"), beside.resolve("subtitle"), beside)) {
      Path file = folder.resolve(row.text("videoID") + ".srt");
      if (Files.isRegularFile(file)) {
        return "The video's subtitles are:\n" + Subtitles.read(file);
      }
    }
    return "";
  }

  /**
   * MLVU: {@code video, question, candidates, answer, question_type}; LongVideoBench: {@code id,
   * video_path, question, candidates, correct_choice, duration_group, question_category}.
   */
  static Optional<Item> videoChoice(Row row) {
    String field = row.has("video_path") ? "video_path" : "video";
    String name = row.file().getFileName().toString().replaceFirst("\\.jsonl?$", "");
    List<String> folders = List.of("videos", "video", "videos/" + name, "video/" + name, "");
    List<String> candidates = row.texts("candidates");
    Map<String, String> groups = new TreeMap<>();
    groups.put("type", row.has("question_type") ? row.text("question_type") : name);
    if (row.has("question_category")) {
      groups.put("type", row.text("question_category"));
    }
    if (row.has("duration_group")) {
      groups.put("duration", row.text("duration_group"));
    }
    String id = row.has("id") ? row.text("id") : name + ", " + row.place();
    return Optional.of(
        new Item(
            id,
            row.text("question"),
            "",
            List.of(MediaFiles.video(DataFiles.video(row, field, folders))),
            row.has("correct_choice")
                ? Options.byIndex(row, "correct_choice", candidates)
                : Options.byText(row, "answer", candidates),
            groups));
  }

  /** {@code q_uid, question, option 0 … option 4}; the answers lie in a file of their own. */
  static Optional<Item> egoSchema(Row row, Row answers) {
    String id = row.text("q_uid");
    if (!answers.has(id)) {
      return Optional.empty();
    }
    List<String> options = new ArrayList<>();
    for (int i = 0; i < EGO_OPTIONS; i++) {
      options.add(row.text("option " + i));
    }
    Target target = Options.byIndex(answers, id, options);
    return Optional.of(
        new Item(
            id,
            row.text("question"),
            "",
            List.of(MediaFiles.video(DataFiles.video(row, "q_uid", List.of("videos", "")))),
            target,
            Map.of()));
  }
}
