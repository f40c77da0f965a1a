package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.training.distributed.RankLauncher;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.log.MetricsTable;
import dev.moonflow.training.trainer.recipe.Recipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes make the steps that one makes, and one can go on where two have stopped. */
class TwoRanksTest {
  @TempDir Path alone;
  @TempDir Path together;

  static Recipe recipe() {
    return SmallRecipes.of(
        """
        - name: joint
          steps: 6
          data:
            - {generator: sentences, group: text}
            - {generator: colours, group: multimodal}
          options: {text-only-steps: 0, ramp-steps: 0, multimodal-share: 0.6}
          checkpoints: {interval: 100}
        """);
  }

  @Test
  void twoRanksAreOneRankAndOneGoesOnForThem() throws Exception {
    Ops.threads(1);
    Runs.run(recipe(), alone);
    List<String> said = new CopyOnWriteArrayList<>();
    RankLauncher launcher =
        new RankLauncher(2, Duration.ofMinutes(2), (rank, line) -> said.add(rank + ": " + line));
    int[] codes = launcher.run(RankRun.class, List.of(together.toString()));
    assertThat(codes).as("%s", said).containsExactly(0, 0);
    Path stopped = together.resolve("joint/checkpoint-0000000004/training");
    assertThat(stopped.resolve("optimizer-0.safetensors")).exists();
    assertThat(stopped.resolve("optimizer-1.safetensors")).exists();

    assertThat(Runs.run(recipe(), together)).isEqualTo(TrainingLoop.End.FINISHED);
    MetricsTable one = MetricsTable.read(alone.resolve("joint/metrics.csv"));
    MetricsTable two = MetricsTable.read(together.resolve("joint/metrics.csv"));
    assertThat(two.column("tokens")).isEqualTo(one.column("tokens"));
    for (String column : List.of("loss", "gradient_norm", "balance_loss")) {
      for (int i = 0; i < 6; i++) {
        double expected = one.column(column)[i];
        assertThat(two.column(column)[i])
            .as("%s of step %d", column, i + 1)
            .isCloseTo(expected, within(2e-4 * Math.abs(expected)));
      }
    }
    assertWeightsAreClose();
  }

  private void assertWeightsAreClose() {
    String file = "joint/checkpoint-0000000006/model.safetensors";
    try (Safetensors one = Safetensors.open(alone.resolve(file));
        Safetensors two = Safetensors.open(together.resolve(file))) {
      for (String name : one.names()) {
        float[] a = one.floats(name);
        float[] b = two.floats(name);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
          difference += Math.pow(a[i] - b[i], 2);
          size += Math.pow(a[i], 2);
        }
        assertThat(Math.sqrt(difference)).as(name).isLessThanOrEqualTo(1e-3 * Math.sqrt(size));
      }
    }
  }
}
