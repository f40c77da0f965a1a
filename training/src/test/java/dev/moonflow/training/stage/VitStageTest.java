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

/** The stage vit end to end: recipe, images, companions, checkpoints. */
class VitStageTest {
  private static final String STAGE =
      """
      - name: vit
        steps: %d
        data: [{generator: colours}]
        batch: {tokens: 200, patches: 300, micro-batches: 1}
        checkpoints: {interval: 4}
        options: {text-width: 16, text-heads: 2, encoder-layers: 1, decoder-layers: 1,
                  resolution-start: 4, resolution-steps: %d}
      """;

  @TempDir Path dir;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  private static TrainingLoop.End run(Path out, String stage, TrainingListener listener) {
    return Runs.run(SmallRecipes.of(stage), out, listener);
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  @Test
  void lossFallsRetrievalRisesAndImagesGrow() {
    assertThat(run(dir, STAGE.formatted(30, 20), TrainingListener.SILENT))
        .isEqualTo(TrainingLoop.End.FINISHED);
    MetricsTable table = MetricsTable.read(dir.resolve("vit/metrics.csv"));
    double[] caption = table.column("caption");
    double[] retrieval = table.column("retrieval");
    double[] patches = table.column("patches_per_image");
    assertThat(mean(caption, 25, 30)).isLessThan(0.5 * caption[0]);
    assertThat(mean(table.column("siglip"), 25, 30)).isLessThan(0.5 * table.column("siglip")[0]);
    assertThat(mean(retrieval, 25, 30)).isGreaterThan(0.2 + mean(retrieval, 0, 5));
    assertThat(patches[0]).isEqualTo(4);
    assertThat(mean(patches, 20, 30)).isGreaterThan(8);
  }

  @Test
  void aKilledRunGoesOnToTheSameWeightsAndCompanions() throws Exception {
    String stage = STAGE.formatted(8, 4);
    run(dir.resolve("whole"), stage, TrainingListener.SILENT);
    assertThatThrownBy(() -> run(dir.resolve("killed"), stage, new KilledAt(6)))
        .isInstanceOf(KilledAt.Killed.class);
    run(dir.resolve("killed"), stage, TrainingListener.SILENT);
    for (String file : new String[] {"model.safetensors", "training/extra.safetensors"}) {
      String place = "vit/checkpoint-0000000008/" + file;
      assertThat(Files.mismatch(dir.resolve("whole/" + place), dir.resolve("killed/" + place)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  @Test
  void theLanguageModelStaysAsItWas() {
    assertThatThrownBy(
            () -> run(dir, STAGE.formatted(4, 1) + "  trained: [\"*\"]\n", TrainingListener.SILENT))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("only tensors of vision_tower");
  }
}
