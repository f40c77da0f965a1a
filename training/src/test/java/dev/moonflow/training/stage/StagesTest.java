package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.log.MetricsTable;
import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stage on tiny data: its loss falls. */
class StagesTest {
  private static final String LAYER = "language_model.model.layers.1.mlp.";
  private static final String EXPERT = LAYER + "experts.0.up_proj.weight";
  private static final String BIAS = LAYER + "gate.e_score_correction_bias";
  private static final String EMBEDDING = "language_model.model.embed_tokens.weight";
  private static final String TOWER = "vision_tower.encoder.blocks.0.wo.weight";

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
  void textLearnsSentencesAndLeavesTheTowerAlone() {
    MetricsTable table = run("- {name: text, steps: 30, data: [{generator: sentences}]}", "text");
    double[] loss = table.column("cross_entropy");
    // A vocabulary of 500: 6.2 nats at random; the four sentences differ in two words.
    assertThat(loss).hasSize(30);
    assertThat(loss[0]).isBetween(5.5, 7.5);
    assertThat(mean(loss, 25, 30)).isLessThan(0.5);
    assertThat(values("start", TOWER)).isEqualTo(values("text/checkpoint-0000000030", TOWER));
    assertThat(values("start", EXPERT)).isNotEqualTo(values("text/checkpoint-0000000030", EXPERT));
    assertThat(values("text/checkpoint-0000000030", BIAS)).isNotEqualTo(values("start", BIAS));
    assertThat(out.resolve("text/curves.png")).isNotEmptyFile();
  }

  @Test
  void alignTeachesColoursToAFrozenLanguageModel() {
    MetricsTable table =
        run(
            """
            - name: align
              steps: 20
              data: [{generator: colours}]
            """,
            "align");
    double[] loss = table.column("cross_entropy");
    assertThat(mean(loss, 15, 20)).isLessThan(0.97 * loss[0]);
    String end = "align/checkpoint-0000000020";
    for (String name : List.of(EXPERT, BIAS, EMBEDDING)) {
      assertThat(values("start", name)).as(name).isEqualTo(values(end, name));
    }
    assertThat(values("start", TOWER)).isNotEqualTo(values(end, TOWER));
  }

  @Test
  void jointLearnsColoursFromPixelsOnceTheirShareHasGrown() {
    MetricsTable table =
        run(
            """
            - name: joint
              steps: 36
              recompute: true
              data:
                - {generator: sentences, group: text}
                - {generator: colours, group: multimodal}
              options: {text-only-steps: 4, ramp-steps: 10, multimodal-share: 0.7}
            """,
            "joint");
    double[] loss = table.column("cross_entropy");
    // Not knowing which of four colours costs 1.39 nats on about one token of three.
    assertThat(mean(loss, 32, 36)).isLessThan(0.3);
    assertThat(values("start", TOWER)).isNotEqualTo(values("joint/checkpoint-0000000036", TOWER));
  }

  @Test
  void cooldownEndsAtARateOfZero() {
    MetricsTable table =
        run(
            """
            - name: cooldown
              steps: 25
              precision: bf16
              learning-rate: {peak: 0.01, end: 0, shape: linear}
              data:
                - {generator: sentences}
                - {generator: chat, group: qa}
              options: {qa-share: 0.2}
            """,
            "cooldown");
    double[] loss = table.column("cross_entropy");
    assertThat(mean(loss, 20, 25)).isLessThan(0.3 * loss[0]);
    assertThat(table.column("learning_rate")[24]).isZero();
  }

  @Test
  void sftLearnsAnswersInTwoPhases() {
    MetricsTable table =
        run(
            """
            - name: sft
              steps: 16
              data: [{generator: chat}, {generator: questions}]
              phases:
                - {learning-rate: {peak: 0.01, end: 0.002}}
                - {learning-rate: {peak: 0.005, end: 0.0005}}
            """,
            "sft-2");
    double[] loss = table.column("cross_entropy");
    double first = MetricsTable.read(out.resolve("sft-1/metrics.csv")).column("cross_entropy")[0];
    assertThat(mean(loss, 12, 16)).isLessThan(0.25 * first);
  }

  @Test
  void longContextExtendsTheModelAndReportsItsNeedles() throws IOException {
    MetricsTable table =
        run(
            """
            - name: long-context
              steps: 24
              batch: {tokens: 512, micro-batches: 1}
              data:
                - {needles: true, group: long}
                - {generator: sentences, group: replay}
              options: {needles: 4}
              phases:
                - {context: 192, rope-base: 200000}
                - {context: 384, rope-base: 800000}
            """,
            "long-context-2");
    double first =
        MetricsTable.read(out.resolve("long-context-1/metrics.csv")).column("cross_entropy")[0];
    assertThat(mean(table.column("cross_entropy"), 20, 24)).isLessThan(0.5 * first);
    KimiVlConfig config = KimiVlConfig.read(out.resolve("model/config.json"));
    assertThat(config.text().ropeTheta()).isEqualTo(800_000);
    assertThat(config.text().maxPositions()).isEqualTo(384);
    JsonNode report =
        new ObjectMapper().readTree(out.resolve("long-context-1/report.json").toFile());
    assertThat(report.at("/after/needle_loss").doubleValue())
        .isLessThan(report.at("/before/needle_loss").doubleValue() - 1);
    assertThat(report.at("/before/needle_recall").doubleValue()).isZero();
  }

  @Test
  void recipesThatMissTheirStagesPointAreRefused() {
    assertRefused(
        "- {name: joint, steps: 5, data: [{generator: sentences}]}",
        "stage joint: its sources must be of the groups text and multimodal and each must have one, found [main].");
    assertRefused(
        "- {name: align, steps: 5, trained: ['*'], data: [{generator: colours}]}",
        "stage align: trained must leave the language model frozen, found [*].");
    assertRefused(
        """
        - name: cooldown
          steps: 5
          data: [{generator: sentences}, {generator: chat, group: qa}]
        """,
        "stage cooldown: learning-rate must go down to end: 0 in a cooldown, found 0.001.");
    assertRefused(
        "- {name: tekst, steps: 5, data: [{generator: sentences}]}",
        "stage tekst: there is no kind tekst; did you mean text?");
    assertRefused(
        "- {name: text, steps: 5, data: [{generator: sentences}], options: {share: 1}}",
        "recipe small.yaml, line 17: unknown key stages.text.options.share.");
  }

  private void assertRefused(String stages, String sentence) {
    assertThatThrownBy(
            () ->
                new RecipeRunner(
                    SmallRecipes.of(stages), RunSettings.alone(out, new SmallSources())))
        .isInstanceOf(RecipeException.class)
        .hasMessage(sentence);
  }

  private float[] values(String folder, String tensor) {
    try (Safetensors file = Safetensors.open(out.resolve(folder).resolve("model.safetensors"))) {
      return file.floats(tensor);
    }
  }
}
