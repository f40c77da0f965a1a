package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.log.MetricsTable;
import dev.moonflow.training.trainer.log.TrainingListener;
import dev.moonflow.training.trainer.recipe.RecipeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage transcribe end to end: lines of colours spelled by letters. */
class TranscribeStageTest {
  private static final String STAGE =
      """
      - name: lines
        kind: transcribe
        steps: %d
        data: [{generator: %s}]
        batch: {tokens: 400, patches: 300, micro-batches: 1}
        checkpoints: {interval: 4}
        options: {slots: 4, slot-width: 16}
      """;

  @TempDir Path dir;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  private static TrainingLoop.End run(Path out, String stage, TrainingListener listener) {
    return Runs.run(SmallRecipes.of(stage), out, listener);
  }

  @Test
  void linesAreSpelledAfterAWhile() {
    assertThat(run(dir, STAGE.formatted(150, "stripes"), TrainingListener.SILENT))
        .isEqualTo(TrainingLoop.End.FINISHED);
    MetricsTable table = MetricsTable.read(dir.resolve("lines/metrics.csv"));
    double[] errors = table.column("error_rate");
    assertThat(errors[0]).isGreaterThan(0.8);
    assertThat(Arrays.stream(errors, 140, 150).average().orElseThrow()).isLessThan(0.1);
  }

  @Test
  void aKilledRunGoesOnToTheSameWeightsAndReader() throws Exception {
    String stage = STAGE.formatted(8, "stripes");
    run(dir.resolve("whole"), stage, TrainingListener.SILENT);
    assertThatThrownBy(() -> run(dir.resolve("killed"), stage, new KilledAt(6)))
        .isInstanceOf(KilledAt.Killed.class);
    run(dir.resolve("killed"), stage, TrainingListener.SILENT);
    for (String file : new String[] {"model.safetensors", "training/extra.safetensors"}) {
      String place = "lines/checkpoint-0000000008/" + file;
      assertThat(Files.mismatch(dir.resolve("whole/" + place), dir.resolve("killed/" + place)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  @Test
  void anImageOfSeveralLinesIsNamed() {
    assertThatThrownBy(() -> run(dir, STAGE.formatted(4, "questions"), TrainingListener.SILENT))
        .hasMessageContaining("transcription is of one line, two patches high");
  }

  @Test
  void theLanguageModelTakesNoPart() {
    assertThatThrownBy(
            () ->
                run(
                    dir,
                    STAGE.formatted(4, "stripes") + "  trained: [\"language_model.*\"]\n",
                    TrainingListener.SILENT))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("the language model takes no part");
  }
}
