package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.recipe.Recipe;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped, killed or starved, and went on: equal to one that was not. */
class ResumeTest {
  private static final int STEPS = 11;

  @TempDir static Path whole;
  @TempDir Path out;

  @BeforeAll
  static void runWithoutStop() {
    Ops.threads(1);
    assertThat(Runs.run(recipe(), whole)).isEqualTo(TrainingLoop.End.FINISHED);
  }

  static Recipe recipe(String... settings) {
    return SmallRecipes.of(
        """
        - name: joint
          steps: 11
          data:
            - {generator: sentences, group: text}
            - {generator: colours, group: multimodal}
          options: {text-only-steps: 1, ramp-steps: 3, multimodal-share: 0.6}
          checkpoints: {interval: 3, keep: 2}
        """,
        settings);
  }

  @Test
  void stoppedRunGoesOnBitForBit() throws IOException {
    assertThat(Runs.stoppedAfter(5, recipe(), out)).isEqualTo(TrainingLoop.End.STOPPED);
    assertThat(out.resolve("joint/checkpoint-0000000005")).exists();
    assertThat(Runs.run(recipe(), out)).isEqualTo(TrainingLoop.End.FINISHED);
    Runs.assertSame(whole.resolve("joint"), out.resolve("joint"), STEPS);
    assertThat(
            Files.mismatch(
                whole.resolve("model/model.safetensors"), out.resolve("model/model.safetensors")))
        .isEqualTo(-1);
  }

  @Test
  void killedRunGoesOnBitForBit() throws Exception {
    Process child = ChildRun.start(out, "true");
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = lines.readLine();
      } while (line != null && !line.equals("step 8"));
      assertThat(line).as("the child must have come to step 8").isNotNull();
      child.destroyForcibly(); // SIGKILL
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);
    assertThat(out.resolve("joint/checkpoint-0000000011")).doesNotExist();
    Runs.run(recipe(), out);
    Runs.assertSame(whole.resolve("joint"), out.resolve("joint"), STEPS);
  }

  @Test
  void runThatMayNotWriteStopsWithASentenceAndGoesOnLater() throws Exception {
    Runs.stoppedAfter(4, recipe(), out);
    Process child = ChildRun.start(out, "ulimit -f 64");
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(said::add);
    }
    assertThat(child.waitFor()).as("%s", said).isEqualTo(2);
    assertThat(said.get(said.size() - 1))
        .isEqualTo(
            "step 6: the checkpoint cannot be written to %s: File too large; the last good one is %s."
                .formatted(
                    out.resolve("joint"), out.resolve("joint").resolve("checkpoint-0000000004")));
    Runs.run(recipe(), out);
    Runs.assertSame(whole.resolve("joint"), out.resolve("joint"), STEPS);
  }

  @Test
  void otherRecipeIsNotGoneOnWith() {
    Runs.stoppedAfter(2, recipe(), out);
    assertThatThrownBy(() -> Runs.run(recipe("stages.joint.steps=12"), out))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessage(
            "%s was made with another recipe for stage joint; go on with that one, or begin anew with --resume no or another --out."
                .formatted(out.resolve("joint").resolve("checkpoint-0000000002")));
  }
}
