package dev.moonflow.training.evaluation.loader;

import static dev.moonflow.training.evaluation.loader.Samples.read;
import static dev.moonflow.training.evaluation.loader.Samples.task;
import static dev.moonflow.training.evaluation.loader.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.VideoWriter;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.DamagedItem;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.task.MediaBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents and videos in the benchmarks' own forms. */
class LongLoadersTest {
  @TempDir Path folder;

  /** Frames whose grey tells their number: 10 a frame, 4 a second. */
  private static void video(Path file, int frames) throws IOException {
    Files.createDirectories(file.getParent());
    try (VideoWriter writer = VideoWriter.open(file, 32, 16, 4)) {
      for (int i = 0; i < frames; i++) {
        byte[] rgb = new byte[32 * 16 * 3];
        Arrays.fill(rgb, (byte) (10 * i));
        writer.write(new DecodedImage(32, 16, rgb));
      }
    }
  }

  private static int grey(RgbImage image) {
    return image.rgb()[0] & 0xff;
  }

  @Test
  void longDocumentsWithPages() throws IOException {
    Path pdf = folder.resolve("documents/a.pdf");
    Files.createDirectories(pdf.getParent());
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i < 3; i++) {
        document.addPage(new PDPage());
      }
      document.save(pdf.toFile());
    }
    text(
        folder.resolve("samples.json"),
        """
        [{"doc_id": "a.pdf", "question": "How many?", "answer": "1,024", "answer_format": "Int",
          "evidence_pages": "[2]"},
         {"doc_id": "a.pdf", "question": "Who?", "answer": "Not answerable", "answer_format": "None",
          "evidence_pages": "[]"},
         {"doc_id": "a.pdf", "question": "Which?", "answer": "['red', 'blue']",
          "answer_format": "List", "evidence_pages": "[1, 3]"},
         {"doc_id": "a.pdf", "question": "Share?", "answer": "12.5%", "answer_format": "Float",
          "evidence_pages": "[1]"},
         {"doc_id": "b.pdf", "question": "Share?", "answer": "x", "answer_format": "Str"},
         {"doc_id": "a.pdf", "question": "Share?", "answer": "x", "answer_format": "Date"}]
        """);
    List<Entry> entries = read("mmlongbench-doc", folder);
    assertThat(entries.stream().limit(4).map(e -> ((Item) e).target()))
        .containsExactly(
            new Target.Number(1024, 0, 0),
            new Target.Unanswerable(),
            new Target.AllOf(List.of("red", "blue")),
            new Target.Number(12.5, 0.01, 0));
    assertThat(entries.stream().limit(3).map(e -> ((Item) e).groups().get("pages")))
        .containsExactly("one", "none", "several");
    assertThat(((DamagedItem) entries.get(4)).problem()).contains("\"doc_id\" names b.pdf");
    assertThat(((DamagedItem) entries.get(5)).problem()).contains("\"answer_format\" must be");
    Item item = (Item) entries.get(0);
    assertThat(item.media().get(0).images(new MediaBudget(null, 3, 36, null, null)))
        .hasSize(3)
        .allMatch(page -> page.width() == 306);
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> item.media().get(0).images(new MediaBudget(null, 2, 36, null, null)))
        .withMessage(pdf + " has 3 pages; the limit of this task (media.pages_max) is 2.");
  }

  @Test
  void videoMmeWithSubtitles() throws IOException {
    video(folder.resolve("data/v1.mp4"), 8);
    text(
        folder.resolve("subtitle/v1.srt"),
        "1\n00:00:00,000 --> 00:00:01,000\n<i>Good</i> day.\n\n2\n00:00:01,000 --> 00:00:02,000\n"
            + "Good day.\n\n3\n00:00:02,000 --> 00:00:03,000\nIt is\nlate.\n");
    text(
        folder.resolve("test.jsonl"),
        """
        {"question_id": "001-1", "videoID": "v1", "question": "What?", "duration": "short", "answer": "B", "options": ["A. One.", "B. Two.", "C. Three.", "D. Four."]}
        {"question_id": "002-1", "videoID": "v2", "question": "What?", "answer": "B", "options": ["A. One.", "B. Two."]}
        """);
    List<Entry> entries = read("video-mme-subtitles", folder);
    Item item = (Item) entries.get(0);
    assertThat(item.target())
        .isEqualTo(new Target.Choice(List.of("One.", "Two.", "Three.", "Four."), 1));
    assertThat(item.hint()).isEqualTo("The video's subtitles are:\nGood day.\nIt is late.");
    assertThat(((Item) read("video-mme", folder).get(0)).hint()).isEmpty();
    assertThat(((DamagedItem) entries.get(1)).problem())
        .contains("test.jsonl, line 2: the field \"videoID\" names v2");
  }

  @Test
  void framesAreSpreadOverAVideo() throws IOException {
    Path file = folder.resolve("data/v.mp4");
    video(file, 20);
    text(
        folder.resolve("lvb_val.json"),
        """
        [{"id": "v_0", "video_path": "v.mp4", "question": "What?", "candidates": ["a", "b", "c"],
          "correct_choice": 2, "duration_group": 15, "question_category": "S2E"},
         {"id": "v_1", "video_path": "v.mp4", "question": "What?", "candidates": ["a", "b", "c"],
          "correct_choice": 3}]
        """);
    Files.createDirectories(folder.resolve("videos"));
    Files.move(file, folder.resolve("videos/v.mp4"));
    List<Entry> entries = read("longvideobench", folder);
    Item item = (Item) entries.get(0);
    assertThat(item.groups()).containsEntry("duration", "15").containsEntry("type", "S2E");
    assertThat(((DamagedItem) entries.get(1)).problem())
        .contains("\"correct_choice\" must be from 0 to 2, not 3.");
    // 20 frames in 5 seconds; at 4 a second all are looked at, and 5 kept: of 4 frames the third.
    List<RgbImage> frames = item.media().get(0).images(new MediaBudget(null, null, null, 5, 4.0));
    assertThat(frames).hasSize(5);
    for (int i = 1; i < 5; i++) {
      assertThat(grey(frames.get(i)) - grey(frames.get(i - 1))).isBetween(20, 60);
    }
    assertThat(grey(frames.get(0))).isLessThan(45);
    assertThat(grey(frames.get(4))).isGreaterThan(145);
    assertThat(item.media().get(0).images(new MediaBudget(null, null, null, 64, 1.0))).hasSize(5);
    Files.writeString(folder.resolve("videos/v.mp4"), "no video");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> item.media().get(0).images(MediaBudget.DEFAULT))
        .withMessageContaining("v.mp4 cannot be read as a video");
  }

  @Test
  void mlvuNamesItsAnswers() throws IOException {
    video(folder.resolve("video/1_plotQA/m.mp4"), 4);
    text(
        folder.resolve("json/1_plotQA.json"),
        """
        [{"video": "m.mp4", "duration": 1, "question": "Colour?", "candidates": ["red", "grey"],
          "answer": "grey", "question_type": "plotQA"},
         {"video": "m.mp4", "question": "Colour?", "candidates": ["red", "grey"], "answer": "tan"}]
        """);
    List<Entry> entries = read("mlvu", folder);
    assertThat(((Item) entries.get(0)).target())
        .isEqualTo(new Target.Choice(List.of("red", "grey"), 1));
    assertThat(((DamagedItem) entries.get(1)).problem()).contains("is none of the options: tan");
  }

  @Test
  void egoSchemaAsksWhatItHasAnswersOf() throws IOException {
    video(folder.resolve("videos/q1.mp4"), 4);
    String options =
        "\"option 0\": \"a\", \"option 1\": \"b\", \"option 2\": \"c\", \"option 3\": \"d\","
            + " \"option 4\": \"e\"";
    text(
        folder.resolve("questions.json"),
        "[{\"q_uid\": \"q1\", \"question\": \"What does C do?\", "
            + options
            + "}, {\"q_uid\": \"q2\", \"question\": \"What?\", "
            + options
            + "}]");
    text(folder.resolve("subset_answers.json"), "{\"q1\": 3}");
    ItemRequest request =
        new ItemRequest(task("egoschema"), Optional.of(folder), 1, Integer.MAX_VALUE, null);
    try (ItemSource source = Loaders.named("egoschema").open(request)) {
      Item item = (Item) source.next();
      assertThat(item.target()).isEqualTo(new Target.Choice(List.of("a", "b", "c", "d", "e"), 3));
      assertThat(source.hasNext()).isFalse();
      assertThat(source.notes())
          .containsExactly("1 rows were left out: the answer file does not have their answers.");
    }
  }
}
