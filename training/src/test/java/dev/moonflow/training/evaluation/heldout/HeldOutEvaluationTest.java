package dev.moonflow.training.evaluation.heldout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.data.print.PrintFonts;
import dev.moonflow.training.data.print.Side;
import dev.moonflow.training.data.print.SideText;
import dev.moonflow.training.evaluation.Evaluation;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.Supplements;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.report.EvaluationReport;
import dev.moonflow.training.evaluation.run.ModelUnderTest;
import dev.moonflow.training.evaluation.run.RunListener;
import dev.moonflow.training.evaluation.run.RunSettings;
import dev.moonflow.training.evaluation.task.Generation;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import dev.moonflow.training.sample.SampleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What moonlet is judged on, asked of a random checkpoint. */
class HeldOutEvaluationTest {
  @TempDir Path folder;

  private static Stream<TaskDefinition> tasks() {
    return TaskCatalog.builtIn().all().stream()
        .filter(task -> task.loader().equals(HeldOutItems.LOADER));
  }

  /** Fonts and texts are large packages; where they are missing, the sentence is checked. */
  private static void requirePackages() {
    try {
      PrintFonts.of(Side.HELD_OUT);
      SideText.of(Side.HELD_OUT);
    } catch (SampleException e) {
      assertThat(e).hasMessageContaining("Debian");
      Assumptions.abort(e.getMessage());
    }
  }

  private static ItemSource open(TaskDefinition task, int items) {
    return HeldOutItems.openers()
        .get(task.loader())
        .open(new ItemRequest(task, Optional.empty(), 17, items, null));
  }

  @Test
  void everyTaskNamesGeneratorsThatThereAre() {
    assertThat(tasks()).hasSizeGreaterThan(9);
    tasks().forEach(task -> assertThat(open(task, 3).count()).hasValue(3));
    TaskDefinition task = tasks().findFirst().orElseThrow();
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> open(with(task, Map.of("generators", "print-line")), 1))
        .withMessageContaining("must name held-out generators, got \"print-line\"");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> open(with(task, Map.of("generators", "held-out-poem")), 1))
        .withMessageContaining("held-out-poem");
  }

  private static TaskDefinition with(TaskDefinition task, Map<String, String> settings) {
    return new TaskDefinition(
        task.name(),
        task.title(),
        task.area(),
        task.metric(),
        task.loader(),
        task.data(),
        task.prompt(),
        new Generation(3, null, null, null),
        task.media(),
        task.coordinates(),
        task.scale(),
        task.published(),
        task.buckets(),
        settings,
        task.note());
  }

  @Test
  void itemsAreHeldOutAndHaveTheGroupsOfTheirTask() {
    requirePackages();
    tasks()
        .forEach(
            task -> {
              try (ItemSource items = open(task, 8)) {
                while (items.hasNext()) {
                  Item item = (Item) items.next();
                  assertThat(item.groups()).containsKeys(task.buckets().toArray(String[]::new));
                  assertThat(task.judge().missing(item.target()).portion().whole()).isPositive();
                  String font = item.groups().get("font");
                  assertThat(font == null || PrintFonts.sideOf(font) == Side.HELD_OUT).isTrue();
                  boolean line = task.setting("question", "").contains("line");
                  if (line && task.setting("reading", "").isEmpty()) {
                    String text = ((Target.Text) item.target()).references().get(0);
                    assertThat(Side.of(text)).isEqualTo(Side.HELD_OUT);
                  }
                }
              }
            });
  }

  @Test
  void aRandomCheckpointIsMeasuredOnLinesPagesAndCaptions() throws java.io.IOException {
    requirePackages();
    SyntheticCheckpoint.write(folder.resolve("model"), SyntheticSpec.small(3));
    try (ModelUnderTest model = ModelUnderTest.load(folder.resolve("model"), DeviceChoice.CPU)) {
      RunSettings settings = new RunSettings(2, 4, 4096, 1 << 16, 5);
      List<TaskDefinition> chosen =
          tasks()
              .filter(task -> task.name().matches("moonlet-(lines|pages|captions)"))
              .map(task -> with(task, task.settings()))
              .toList();
      Path out = folder.resolve("out");
      Evaluation evaluation =
          new Evaluation(model.model(), settings, Map.of(), out, RunListener.NONE);
      EvaluationReport report = evaluation.run(chosen);
      assertThat(report.results()).hasSize(3);
      assertThat(report.results())
          .allSatisfy(
              result -> {
                assertThat(result.score().items()).isEqualTo(2);
                assertThat(result.score().errors()).isZero();
              });
      assertThat(out.resolve("report.md")).content().contains("| moonlet-pages | cer, %");
      new Supplements(evaluation, settings, out).pictures(chosen, 1);
      assertThat(out.resolve("pictures/moonlet-captions-worst.png")).isNotEmptyFile();
    }
  }
}
