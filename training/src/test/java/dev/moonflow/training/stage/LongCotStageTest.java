package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.log.MetricsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stage long-cot end to end, first on a model that knows nothing, then on what became of it.
 */
class LongCotStageTest {
  @TempDir Path out;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  @Test
  void lossFallsAnswersReasonAndTheModelsOwnTracesAreTakenOnceItHasSome() throws Exception {
    String stages =
        """
        - name: long-cot
          steps: 60
          data: [{generator: solved}]
          batch: {tokens: 300, micro-batches: 1}
          learning-rate: {peak: 0.015, end: 0.001}
          options: {prompts: 4, answers: 2, max-new-tokens: 64}
        - name: again
          kind: long-cot
          steps: 1
          learning-rate: {peak: 0.001, warmup: 0}
          data: [{generator: solved}]
          options: {prompts: 4, answers: 2, max-new-tokens: 64}
        """;
    assertThat(
            new RecipeRunner(SmallRecipes.of(stages), RunSettings.alone(out, new ThinkingSources()))
                .run())
        .isEqualTo(TrainingLoop.End.FINISHED);
    double[] loss = MetricsTable.read(out.resolve("long-cot/metrics.csv")).column("loss");
    assertThat(loss[59]).isLessThan(0.3 * loss[0]);
    JsonNode report = new ObjectMapper().readTree(out.resolve("long-cot/report.json").toFile());
    assertThat(report.at("/before/greedy_reasoned").doubleValue()).isZero();
    assertThat(report.at("/before/traces_generated").doubleValue()).isEqualTo(4);
    assertThat(report.at("/after/greedy_reasoned").doubleValue()).isEqualTo(1);
    JsonNode again = new ObjectMapper().readTree(out.resolve("again/report.json").toFile());
    assertThat(again.at("/before/traces_sampled").doubleValue()).isPositive();
    try (ShardSet shards = ShardSet.open(out.resolve("again/warmup"))) {
      for (Sample sample : shards) {
        assertThat(sample.attributes().get("trace")).isIn("sampled", "generated");
      }
    }
  }
}
