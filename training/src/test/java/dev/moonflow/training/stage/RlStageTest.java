package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.StopSignal;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.log.MetricsTable;
import dev.moonflow.training.trainer.log.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage rl end to end, from a policy that a poor teacher made. */
class RlStageTest {
  private static final String WARM =
      """
      - {name: sft, steps: 240, data: [{generator: mumbled}], batch: {tokens: 400, micro-batches: 1}, learning-rate: {peak: 0.012, end: 0.001}}
      """;

  @TempDir static Path out;

  @BeforeAll
  static void warm() {
    Ops.threads(1);
    run("sft", "", TrainingListener.SILENT);
  }

  /** Runs one stage; all begin with the weights of sft. */
  private static void run(String name, String stages, TrainingListener listener) {
    new RecipeRunner(
            SmallRecipes.of(WARM + stages),
            new RunSettings(
                out,
                Optional.of(name),
                true,
                new ThinkingSources(),
                Ranks.ALONE,
                section -> section.optimizer()::create,
                listener,
                StopSignal.manual()))
        .run();
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  /**
   * Twenty iterations for the reward alone, then sixteen in which shorter answers are worth more.
   */
  @Test
  void rewardRisesAndThenAnswersGetShorter() throws Exception {
    run(
        "rl",
        """
        - name: rl
          steps: 36
          data: [{generator: asked}]
          batch: {tokens: 4000, micro-batches: 1}
          learning-rate: {peak: 0.004, end: 0.004, warmup: 0}
          options: {prompts: 4, answers: 24, pool: 4, max-new-tokens: 24, scored: 2,
                    length-weight: 0.5, length-from: 21, curriculum-share: 1}
        """,
        TrainingListener.SILENT);
    MetricsTable table = MetricsTable.read(out.resolve("rl/metrics.csv"));
    double[] success = table.column("success");
    double[] tokens = table.column("answer_tokens");
    assertThat(mean(success, 16, 20)).isGreaterThan(mean(success, 0, 3) + 0.1);
    assertThat(mean(success, 32, 36)).isGreaterThan(mean(success, 0, 3) + 0.1);
    assertThat(mean(tokens, 32, 36)).isLessThan(mean(tokens, 16, 20) - 1);
    assertThat(Arrays.stream(table.column("mismatch_per_token")).max().orElseThrow())
        .as("engine and trained model give the same probabilities")
        .isLessThan(1e-4);
  }

  private static final String SHORT =
      """
      - name: %s
        kind: rl
        seed: 5
        steps: 6
        data: [{generator: asked}]
        batch: {tokens: 2000, micro-batches: 1}
        learning-rate: {peak: 0.004, end: 0.002, warmup: 0}
        checkpoints: {interval: %d}
        options: {updates: 2, prompts: 2, answers: 4, pool: 4, max-new-tokens: 24, scored: 1}
      """;

  private static void run(String name, int interval, TrainingListener listener) {
    run(name, SHORT.formatted(name, interval), listener);
  }

  private static void requireSameEnd(String name, String other) throws IOException {
    String weights = "checkpoint-0000000006/model.safetensors";
    assertThat(
            Files.mismatch(out.resolve(name).resolve(weights), out.resolve(other).resolve(weights)))
        .isEqualTo(-1);
  }

  @Test
  void aRunGoesOnWithTheVeryRolloutsThatItHadDrawn() throws Exception {
    run("whole", 100, TrainingListener.SILENT);

    // Rollouts of iteration 2 are drawn, no checkpoint knows of an update from them.
    assertThatThrownBy(() -> run("before", 2, new KilledAt(3))).isInstanceOf(KilledAt.Killed.class);
    Path second = out.resolve("before/rollouts/iteration-000002.jsonl");
    Object drawn = Files.readAttributes(second, "unix:ino").get("ino");
    run("before", 2, TrainingListener.SILENT);
    assertThat(Files.readAttributes(second, "unix:ino").get("ino")).isEqualTo(drawn);
    requireSameEnd("whole", "before");

    // Between the two updates of iteration 2.
    assertThatThrownBy(() -> run("between", 3, new KilledAt(4)))
        .isInstanceOf(KilledAt.Killed.class);
    Path rollouts = out.resolve("between/rollouts/iteration-000002.jsonl");
    Path away = rollouts.resolveSibling("away");
    Files.move(rollouts, away);
    assertThatThrownBy(() -> run("between", 3, TrainingListener.SILENT))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessageContaining("iteration-000002.jsonl, are gone");
    Files.move(away, rollouts);
    run("between", 3, TrainingListener.SILENT);
    requireSameEnd("whole", "between");
  }

  @Test
  void rolloutsOfAnotherPolicyAreDrawnAnew() throws Exception {
    run("first", 100, TrainingListener.SILENT);
    Path stale = out.resolve("second/rollouts/iteration-000001.jsonl");
    Files.createDirectories(stale.getParent());
    Files.copy(out.resolve("first/rollouts/iteration-000002.jsonl"), stale);
    run("second", 100, TrainingListener.SILENT);
    requireSameEnd("first", "second");
  }
}
