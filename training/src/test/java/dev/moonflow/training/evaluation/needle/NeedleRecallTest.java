package dev.moonflow.training.evaluation.needle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.PromptCosts;
import dev.moonflow.training.evaluation.run.ModelUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedleRecallTest {
  @TempDir static Path folder;
  private static ModelUnderTest model;

  @BeforeAll
  static void load() throws IOException {
    SyntheticCheckpoint.write(folder, SyntheticSpec.small(3));
    model = ModelUnderTest.load(folder, DeviceChoice.CPU);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theNeedleLiesAtItsDepthInATextOfItsLength() {
    PromptCosts costs = ModelUnderTest.costs(model.model());
    NeedleSettings settings =
        NeedleSettings.of(NeedleKind.TEXT, List.of(500, 2000), List.of(0.0, 0.5, 1.0), 5);
    NeedleItems items = new NeedleItems(settings, costs);
    for (int index = 0; index < 6; index++) {
      Item item = (Item) items.next();
      int length = index < 3 ? 500 : 2000;
      int tokens = costs.text(item.hint() + "\n" + item.question());
      assertThat(tokens).isBetween(length - 80, length);
      String code = item.target().describe();
      double depth = (double) item.hint().indexOf(code) / item.hint().length();
      assertThat(depth).isCloseTo(index % 3 / 2.0, within(0.13));
      assertThat(item.groups()).containsEntry("length", Integer.toString(length));
    }
    assertThat(items.hasNext()).isFalse();
  }

  @Test
  void aRandomModelFindsNothingTwiceTheSame() {
    NeedleSettings settings =
        new NeedleSettings(NeedleKind.TEXT, List.of(128, 256), List.of(0.0, 1.0), 2, 5, false, 4);
    NeedleReport report = NeedleRecall.measure(model.model(), settings);
    assertThat(report.problems()).isEmpty();
    assertThat(report.cells())
        .containsExactly(
            new NeedleReport.Cell(128, 0, 0, 2),
            new NeedleReport.Cell(128, 1, 0, 2),
            new NeedleReport.Cell(256, 0, 0, 2),
            new NeedleReport.Cell(256, 1, 0, 2));
    assertThat(NeedleRecall.measure(model.model(), settings)).isEqualTo(report);
    assertThat(report.toMarkdown()).contains("| 256 | 0.0 | 0.0 to 49.0 | 4 |");
    NeedleReport plain = NeedleRecall.measure(model.model(), settings.asPlainText());
    assertThat(plain.cells()).hasSize(4);
    assertThat(plain.problems()).isEmpty();
  }

  @Test
  void framesFillTheLengthOfAVideo() {
    NeedleSettings settings =
        new NeedleSettings(NeedleKind.VIDEO, List.of(128, 512), List.of(0.5), 1, 5, false, 2);
    NeedleReport report = NeedleRecall.measure(model.model(), settings);
    assertThat(report.problems()).isEmpty();
    assertThat(report.recallByLength()).containsOnlyKeys(128, 512);
  }

  @Test
  void aModelThatAnswersIsCounted() {
    // Half of the needles found: the shares come out of the cells.
    NeedleReport report =
        new NeedleReport(
            List.of(new NeedleReport.Cell(128, 0, 1, 2), new NeedleReport.Cell(256, 0, 2, 2)),
            List.of());
    assertThat(report.recall()).isEqualTo(0.75);
    assertThat(report.recallByLength()).containsEntry(128, 0.5).containsEntry(256, 1.0);
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> NeedleSettings.of(NeedleKind.TEXT, List.of(5), List.of(0.0), 1))
        .withMessage("A haystack has from 128 to 1048576 tokens, not 5.");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> NeedleSettings.of(NeedleKind.TEXT, List.of(500), List.of(1.5), 1))
        .withMessage("A needle's depth lies from 0 to 1, not at 1.5.");
  }
}
