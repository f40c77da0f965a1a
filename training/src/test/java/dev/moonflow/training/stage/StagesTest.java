package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.log.MetricsTable;
import dev.moonflow.training.trainer.recipe.Recipe;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stage on tiny data: its loss falls. */
class StagesTest {
  @TempDir Path out;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  private MetricsTable run(String stages, String last) {
    Recipe recipe = SmallRecipes.of(stages);
    RecipeRunner runner = new RecipeRunner(recipe, RunSettings.alone(out, new SmallSources()));
    assertThat(runner.run()).isEqualTo(TrainingLoop.End.FINISHED);
    return MetricsTable.read(out.resolve(last).resolve("metrics.csv"));
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  @Test
  void textLearnsSentences() {
    MetricsTable table =
        run(
            """
            - {name: text, steps: 40, data: [{generator: sentences}]}
            """,
            "text");
    double[] loss = table.column("cross_entropy");
    assertThat(loss).hasSize(40);
    assertThat(mean(loss, 35, 40)).isLessThan(0.4 * loss[0]);
  }
}
