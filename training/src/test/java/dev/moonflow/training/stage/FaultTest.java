package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.batch.ShuffledSource;
import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.sample.ShardSetWriter;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.trainer.Loss;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.checkpoint.CheckpointStore;
import dev.moonflow.training.trainer.recipe.Recipe;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in the middle of a run: one sentence, and a checkpoint that can be used. */
class FaultTest {
  private static final String TEXT =
      """
      - {name: text, steps: 9, data: [{generator: sentences}], checkpoints: {interval: 2}}
      """;

  @TempDir Path out;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  /** The text stage with an objective that is spoilt in one step. */
  private record Spoilt(TextStage stage, long step, boolean gradientOnly)
      implements Stage<MicroBatch> {
    @Override
    public Objective<MicroBatch> objective(StageContext context) {
      Objective<MicroBatch> sound = stage.objective(context);
      return new Objective<>() {
        @Override
        public Loss loss(MicroBatch batch, Tape tape, long at) {
          Loss loss = sound.loss(batch, tape, at);
          if (at != step) {
            return loss;
          }
          Tensor norm = context.model().parameters().get("language_model.model.norm.weight");
          Tensor zero = norm.sum().mul(new Scalar(0.0));
          // The root of zero is zero, but its slope is infinite.
          Tensor sum =
              gradientOnly ? loss.sum().add(zero.sqrt()) : loss.sum().mul(new Scalar(Double.NaN));
          return new Loss(sum, loss.weight(), loss.tokens(), loss.load(), loss.metrics());
        }

        @Override
        public String describe(MicroBatch batch) {
          return sound.describe(batch);
        }
      };
    }

    @Override
    public StepSource<MicroBatch> source(StageContext context, Objective<MicroBatch> objective) {
      return stage.source(context, objective);
    }
  }

  private void runSpoilt(Recipe recipe, boolean gradientOnly) throws IOException {
    Path start = out.resolve("start");
    RunSettings settings = RunSettings.alone(out, new SmallSources());
    var section = recipe.stages().get(0);
    Stage<MicroBatch> stage = new Spoilt(new TextStage(section), 5, gradientOnly);
    try (TrainableKimiVl model = TrainableKimiVl.load(start, Precision.F32)) {
      new StageRunner<>(stage, section, settings).run(model, out.resolve("text"), start);
    }
  }

  private void assertGoesOnFrom(long step, Recipe recipe) {
    assertThat(new CheckpointStore(out.resolve("text"), 1).latest().orElseThrow())
        .hasFileName("checkpoint-%010d".formatted(step));
    assertThat(Runs.run(recipe, out)).isEqualTo(TrainingLoop.End.FINISHED);
  }

  /** Makes the start folder by a run of a step that is not kept. */
  private void makeStart() throws IOException {
    Recipe recipe = SmallRecipes.of(TEXT);
    Runs.stoppedAfter(1, recipe, out);
    StageFolder.clear(out.resolve("text"));
  }

  @Test
  void lossThatIsNoNumberStopsAtItsStepAndSamples() throws IOException {
    makeStart();
    Recipe recipe = SmallRecipes.of(TEXT);
    assertThatThrownBy(() -> runSpoilt(recipe, false))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessageMatching(
            "step 5 of stage text: the loss is NaN on samples s\\d+.*; the last good checkpoint is "
                + ".*checkpoint-0000000004\\.");
    assertGoesOnFrom(4, recipe);
  }

  @Test
  void gradientThatIsNoNumberStopsWithTheTensorsName() throws IOException {
    makeStart();
    Recipe recipe = SmallRecipes.of(TEXT);
    assertThatThrownBy(() -> runSpoilt(recipe, true))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessageMatching(
            "step 5 of stage text: the gradient of language_model.model.norm.weight is not finite"
                + " on samples s.*; the last good checkpoint is .*checkpoint-0000000004\\.");
    assertGoesOnFrom(4, recipe);
  }

  @Test
  void shardCutShortStopsWithItsNameAndTheRunGoesOnOnceItIsWhole() throws IOException {
    Path folder = out.resolve("shards");
    try (ShardSetWriter writer = new ShardSetWriter(folder, 1, "test", 100)) {
      SampleSource sentences =
          new SmallSources().open(SmallRecipes.of(TEXT).stages().get(0).data().get(0), 5);
      for (int k = 0; k < 300; k++) {
        writer.write(sentences.sample(k));
      }
      writer.finish();
    }
    SourceOpener opener =
        (source, seed) -> {
          ShardSet shards = ShardSet.open(folder);
          return new ShuffledSource(seed, shards.size(), shards::get);
        };
    Recipe recipe = SmallRecipes.of(TEXT);
    Runs.stoppedAfter(3, recipe, out, opener);
    Path shard = folder.resolve(ShardSetWriter.shardName(1));
    byte[] good = Files.readAllBytes(shard);
    try (FileChannel file = FileChannel.open(shard, StandardOpenOption.WRITE)) {
      file.truncate(good.length - 100);
    }
    RecipeRunner runner = new RecipeRunner(recipe, RunSettings.alone(out, opener));
    assertThatThrownBy(runner::run)
        .isInstanceOf(SampleException.class)
        .hasMessageContaining("shard " + shard + " is cut short");
    assertThat(out.resolve("text/checkpoint-0000000003")).exists();
    Files.write(shard, good);
    assertThat(runner.run()).isEqualTo(TrainingLoop.End.FINISHED);
  }
}
