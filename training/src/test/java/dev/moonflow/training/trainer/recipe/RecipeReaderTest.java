package dev.moonflow.training.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.training.torch.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeReaderTest {
  private static final String YAML =
      """
      name: example
      seed: 5
      model: {from: start}
      defaults:
        context: 64
        batch: {tokens: 128}
        learning-rate: {peak: 4e-4, warmup: 2}
      stages:
        - name: text
          steps: 10
          data: [{generator: words}]
        - name: sft
          steps: 20
          precision: bf16
          data:
            - {shards: talk, weight: 2}
          phases:
            - {learning-rate: {peak: 2e-5, end: 2e-6}}
            - {learning-rate: {peak: 1e-5, end: 1e-6}, context: 128}
      """;

  private static Recipe read(String yaml, String... settings) {
    return RecipeReader.parse(yaml, "r.yaml", Path.of("/recipes"), List.of(settings));
  }

  @Test
  void stagesTakeTheDefaultsAndPhasesTheirStage() {
    Recipe recipe = read(YAML);
    assertThat(recipe.stages())
        .extracting(StageSection::name)
        .containsExactly("text", "sft-1", "sft-2");
    StageSection text = recipe.stages().get(0);
    assertThat(text.kind()).isEqualTo("text");
    assertThat(text.rate().over(10).at(1)).isCloseTo(2e-4, within(1e-12));
    assertThat(text.rate().over(10).at(2)).isCloseTo(4e-4, within(1e-12));
    StageSection first = recipe.stages().get(1);
    StageSection second = recipe.stages().get(2);
    assertThat(first.kind()).isEqualTo("sft");
    assertThat(first.precision()).isEqualTo(Precision.BF16);
    assertThat(first.rate().peak()).isEqualTo(2e-5);
    assertThat(first.rate().warmup()).isEqualTo(2);
    assertThat(second.rate().end()).isEqualTo(1e-6);
    assertThat(second.packing().contextTokens()).isEqualTo(128);
    assertThat(first.data().get(0).place()).isEqualTo("/recipes/talk");
    assertThat(first.seed()).isNotEqualTo(second.seed());
  }

  @Test
  void settingsOfTheCommandLineAreLaidOver() {
    Recipe recipe =
        read(YAML, "stages.text.steps=7", "stages.sft.learning-rate.warmup=0", "defaults.seed=9");
    assertThat(recipe.stages().get(0).steps()).isEqualTo(7);
    assertThat(recipe.stages().get(1).rate().warmup()).isZero();
    assertThat(recipe.stages().get(2).seed()).isEqualTo(9);
  }

  @Test
  void hashFollowsWhatIsLearntAndNothingElse() {
    String hash = read(YAML).stages().get(0).hash();
    assertThat(read(YAML + "\n# remark\n").stages().get(0).hash()).isEqualTo(hash);
    assertThat(read(YAML, "stages.text.checkpoints={keep: 9}").stages().get(0).hash())
        .isEqualTo(hash);
    assertThat(read(YAML, "stages.text.steps=11").stages().get(0).hash()).isNotEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "stepz=3 | setting: unknown key stages.text.stepz; did you mean steps?",
        "learning-rate.peek=3 | setting: unknown key stages.text.learning-rate.peek; did you mean peak?",
        "steps=many | setting: stages.text.steps must be a whole number from 1 to 1000000000, found \"many\".",
        "steps=0 | setting: stages.text.steps must be a whole number from 1 to 1000000000, found 0.",
        "precision=f16 | setting: stages.text.precision must be one of f32, bf16 (did you mean bf16?), found \"f16\".",
        "batch.tokens=63 | setting: stages.text.batch.tokens must be at least context, 64, found 63.",
        "recompute=maybe | setting: stages.text.recompute must be true or false, found \"maybe\".",
        "balance-loss=-1 | setting: stages.text.balance-loss must be a number from 0.0 to 100.0, found -1.",
      })
  void faultIsOneSentenceThatNamesTheKey(String setting, String sentence) {
    assertThatThrownBy(() -> read(YAML, "stages.text." + setting.strip()))
        .isInstanceOf(RecipeException.class)
        .hasMessage(sentence.strip());
  }

  @Test
  void faultInTheFileNamesTheLine() {
    assertThatThrownBy(() -> read(YAML.replace("    precision: bf16", "    precison: bf16")))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            "recipe r.yaml, line 14: unknown key stages.sft-1.precison; did you mean precision?");
    assertThatThrownBy(() -> read(YAML.replace("seed: 5", "sead: 5")))
        .hasMessage("recipe r.yaml, line 2: unknown key sead; did you mean seed?");
    assertThatThrownBy(() -> read(YAML.replace("model: {from: start}", "model: {}")))
        .hasMessage(
            "recipe r.yaml, line 3: model must say either from (a checkpoint's folder) or create.");
    assertThatThrownBy(() -> read(YAML + "  - [\n"))
        .hasMessageStartingWith("recipe r.yaml is not YAML at line ");
    assertThatThrownBy(() -> read("seed: 1\nseed: 2\n"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("seed");
  }

  @Test
  void missingRecipeIsNamed() {
    assertThatThrownBy(() -> RecipeReader.read("tyni", List.of()))
        .hasMessage(
            "recipe tyni is neither a file nor one that comes with the program"
                + " (tiny, needle, moonlet).");
  }
}
