package dev.moonflow.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.stage.RecipeRunner;
import dev.moonflow.training.stage.RunSettings;
import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.RecipeReader;
import dev.moonflow.training.trainer.recipe.SourceSection;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
  @TempDir Path out;

  private String failure(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      String[] all =
          Stream.concat(Stream.of("--out", out.toString()), Stream.of(arguments))
              .toArray(String[]::new);
      assertThat(new CommandLine(new TrainCommand()).execute(all)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void builtInRecipesNameStagesAndDataThatAreThere() {
    DataSources sources = new DataSources();
    for (String name : RecipeReader.BUILT_IN) {
      Recipe recipe = RecipeReader.read(name, List.of());
      assertThat(new RecipeRunner(recipe, RunSettings.alone(out, sources)).stageNames())
          .hasSameSizeAs(recipe.stages());
      for (StageSection stage : recipe.stages()) {
        for (SourceSection source : stage.data()) {
          if (source.kind() == SourceSection.Kind.GENERATOR) {
            try (SampleSource samples = sources.open(source, 1)) {
              assertThat(samples.sample(0).parts()).as(source.place()).isNotEmpty();
            }
          }
        }
      }
    }
  }

  @Test
  void wrongKeyIsOneSentence() {
    assertThat(failure("--recipe", "tiny", "--set", "stages.text.step=1"))
        .isEqualTo("moonflow train: setting: unknown key stages.text.step; did you mean steps?");
  }

  @Test
  void wrongGeneratorIsOneSentenceBeforeAModelIsMade() {
    assertThat(failure("--recipe", "tiny", "--set", "stages.text.data=[{generator: text-pose}]"))
        .endsWith("moonflow train: there is no generator text-pose; did you mean text-prose?");
    assertThat(out.resolve("start/config.json")).doesNotExist();
  }

  @Test
  void missingShardsAreNamed() {
    assertThat(failure("--recipe", "tiny", "--set", "stages.vit.data=[{shards: /nowhere}]"))
        .endsWith(
            "moonflow train: there is no folder /nowhere; name one that moonflow data has made");
  }

  @Test
  void wrongStageIsOneSentence() {
    assertThat(failure("--recipe", "tiny", "--stage", "jiont"))
        .endsWith("moonflow train: the recipe has no stage jiont; did you mean joint?");
  }
}
