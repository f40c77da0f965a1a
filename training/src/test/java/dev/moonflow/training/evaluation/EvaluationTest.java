package dev.moonflow.training.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.evaluation.report.Comparison;
import dev.moonflow.training.evaluation.report.EvaluationReport;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.run.ModelUnderTest;
import dev.moonflow.training.evaluation.run.RunListener;
import dev.moonflow.training.evaluation.run.RunSettings;
import dev.moonflow.training.evaluation.task.Generation;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a random checkpoint. */
class EvaluationTest {
  private static final List<String> FILES =
      List.of(
          "report.md", "report.json", "answers/synthetic-figures.jsonl", "answers/ocrbench.jsonl");

  @TempDir static Path shared;
  private static ModelUnderTest model;
  private static Path ocr;

  @TempDir Path folder;

  @BeforeAll
  static void load() throws IOException {
    SyntheticCheckpoint.write(shared.resolve("model"), SyntheticSpec.small(3));
    model = ModelUnderTest.load(shared.resolve("model"), DeviceChoice.CPU);
    ocr = shared.resolve("OCRBench.json");
    Files.writeString(
        ocr,
        """
        [{"dataset_name": "x", "type": "Text", "question": "Read.", "answers": ["a"],
          "image_path": "missing.png"}]
        """);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static TaskDefinition task(String name, int tokens) {
    TaskDefinition task = TaskCatalog.builtIn().find(name).orElseThrow();
    Generation generation = task.generation().withMaxNewTokens(tokens);
    return new TaskDefinition(
        task.name(),
        task.title(),
        task.area(),
        task.metric(),
        task.loader(),
        task.data(),
        task.prompt(),
        generation,
        task.media(),
        task.coordinates(),
        task.scale(),
        task.published(),
        task.buckets(),
        task.settings(),
        task.note());
  }

  private static final List<TaskDefinition> TASKS =
      List.of(task("synthetic-figures", 6), task("ocrbench", 6));

  private static EvaluationReport run(Path out, int inFlight, int items, RunListener listener) {
    RunSettings settings = new RunSettings(items, inFlight, 4096, 1 << 16, 5);
    return new Evaluation(model.model(), settings, Map.of("ocrbench", ocr), out, listener)
        .run(TASKS);
  }

  private static int[] counter(RunListener[] listener) {
    int[] count = {0};
    listener[0] =
        new RunListener() {
          @Override
          public void answered(Answered answered) {
            count[0]++;
          }
        };
    return count;
  }

  @Test
  void theSameBytesWhateverIsInFlight() throws IOException {
    EvaluationReport report = run(folder.resolve("a"), 1, 8, RunListener.NONE);
    run(folder.resolve("b"), 5, 8, RunListener.NONE);
    for (String file : FILES) {
      assertThat(folder.resolve("b").resolve(file))
          .as(file)
          .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
    }
    assertThat(report.results().get(0).score().items()).isEqualTo(8);
    assertThat(report.results().get(0).score().errors()).isZero();
  }

  @Test
  void aDamagedItemIsReportedAndCountsAsWrong() throws IOException {
    EvaluationReport report = run(folder, 4, 2, RunListener.NONE);
    var result = report.results().get(1);
    assertThat(result.score().items()).isEqualTo(1);
    assertThat(result.score().errors()).isEqualTo(1);
    assertThat(result.score().value()).isZero();
    assertThat(folder.resolve("report.md"))
        .content()
        .contains(
            "- ocrbench, row 1: " + ocr + ", row 1: the field \"image_path\" names missing.png")
        .contains("| ocrbench | containment, of 1000 | 1 | 1 | 0 | 0 to 793 | 867 |")
        .contains("| synthetic-figures | relaxed-accuracy, % | 2 | 0 |")
        .contains("Published for OCRBench: GPT-4o 815 (Table 3), ")
        .contains("Not comparable with the synthetic sets above.")
        .contains("| Video-MME with subtitles | 72.7 | 66.0 | 71.9 |");
    assertThat(folder.resolve("report.json"))
        .content()
        .contains("\"format\" : \"moonflow-evaluation-1\"");
  }

  @Test
  void aKilledRunGoesOnBehindTheLastWholeLine() throws IOException {
    run(folder.resolve("whole"), 3, 8, RunListener.NONE);
    Path cut = folder.resolve("cut");
    run(cut, 3, 8, RunListener.NONE);
    Path answers = cut.resolve("answers/synthetic-figures.jsonl");
    byte[] bytes = Files.readAllBytes(answers);
    int lines = 0;
    int end = 0;
    while (lines < 5) {
      lines += bytes[end++] == '\n' ? 1 : 0;
    }
    // Five lines are whole, the header and four answers; the sixth ends in the middle.
    Files.write(answers, Arrays.copyOf(bytes, end + 40));
    RunListener[] listener = new RunListener[1];
    int[] asked = counter(listener);
    run(cut, 3, 8, listener[0]);
    assertThat(asked[0]).isEqualTo(4);
    for (String file : FILES) {
      assertThat(cut.resolve(file)).hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  @Test
  void aLongerRunKeepsTheAnswersOfAShorterOne() throws IOException {
    run(folder.resolve("x"), 3, 3, RunListener.NONE);
    RunListener[] listener = new RunListener[1];
    int[] asked = counter(listener);
    run(folder.resolve("x"), 3, 5, listener[0]);
    assertThat(asked[0]).isEqualTo(2);
    run(folder.resolve("y"), 3, 5, RunListener.NONE);
    assertThat(folder.resolve("x/report.json"))
        .hasSameBinaryContentAs(folder.resolve("y/report.json"));
  }

  @Test
  void answersOfAnotherRunAreRefused() throws IOException {
    run(folder, 3, 2, RunListener.NONE);
    Path answers = folder.resolve("answers/synthetic-figures.jsonl");
    String text = Files.readString(answers);
    assertRefused(
        answers, text.replace(model.model().fingerprint(), "0123"), "is of another model (0123)");
    assertRefused(
        answers, text.replace("\"seed\":5", "\"seed\":6"), "was made with other settings");
    assertRefused(
        answers, text.replace("\"index\":0", "\"index\":o"), "line 2 is no line of answers");
    assertRefused(
        answers, text.replace("synthetic-figures-1", "other-1"), "has the answer of item other-1");
  }

  private void assertRefused(Path answers, String text, String complaint) throws IOException {
    Files.write(answers, text.getBytes(UTF_8));
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> run(folder, 3, 2, RunListener.NONE))
        .withMessageStartingWith(answers.toString())
        .withMessageContaining(complaint);
  }

  @Test
  void twoRunsAreComparedPairByPair() throws IOException {
    run(folder.resolve("a"), 3, 6, RunListener.NONE);
    run(folder.resolve("b"), 3, 8, RunListener.NONE);
    Path b = folder.resolve("b/answers/synthetic-figures.jsonl");
    // Three items that A has become right in B.
    List<String> lines = Files.readAllLines(b);
    for (int i = 1; i <= 3; i++) {
      lines.set(i, lines.get(i).replace("\"part\":0.0", "\"part\":1.0"));
    }
    Files.write(b, lines);
    List<Comparison> comparisons = Comparison.of(folder.resolve("a"), folder.resolve("b"), 1);
    Comparison figures =
        comparisons.stream()
            .filter(c -> c.task().equals("synthetic-figures"))
            .findAny()
            .orElseThrow();
    assertThat(figures.pairs()).isEqualTo(6);
    assertThat(figures.alone()).isEqualTo(2);
    assertThat(figures.b() - figures.a()).isEqualTo(0.5);
    assertThat(figures.difference().low()).isBetween(0.0, 0.34);
    assertThat(figures.difference().high()).isBetween(0.66, 1.0);
    assertThat(Comparison.toMarkdown(comparisons))
        .contains("| synthetic-figures | 6 | 2 | 0.0 | 50.0 | +50.0 |");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> Comparison.of(folder.resolve("a"), folder.resolve("c"), 1))
        .withMessage(folder.resolve("c") + " does not exist.");
  }
}
