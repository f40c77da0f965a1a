package dev.moonflow.training.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.StepRecord;
import dev.moonflow.training.trainer.StopSignal;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.log.MetricsTable;
import dev.moonflow.training.trainer.log.TrainingListener;
import dev.moonflow.training.trainer.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs of small recipes, whole or stopped, and what must be equal between them. */
final class Runs {
  private Runs() {}

  /** Runs to the end, or goes on to it. */
  static TrainingLoop.End run(Recipe recipe, Path out) {
    return new RecipeRunner(recipe, RunSettings.alone(out, new SmallSources())).run();
  }

  /** The same, and tells a listener. */
  static TrainingLoop.End run(Recipe recipe, Path out, TrainingListener listener) {
    return new RecipeRunner(
            recipe,
            new RunSettings(
                out,
                Optional.empty(),
                true,
                new SmallSources(),
                Ranks.ALONE,
                section -> section.optimizer()::create,
                listener,
                StopSignal.manual()))
        .run();
  }

  /** Runs until a step is made, then asks for the end as Ctrl-C does. */
  static TrainingLoop.End stoppedAfter(long step, Recipe recipe, Path out) {
    return stoppedAfter(step, recipe, out, new SmallSources());
  }

  /** The same with other data. */
  static TrainingLoop.End stoppedAfter(long step, Recipe recipe, Path out, SourceOpener sources) {
    StopSignal stop = StopSignal.manual();
    RunSettings settings =
        new RunSettings(
            out,
            Optional.empty(),
            true,
            sources,
            Ranks.ALONE,
            section -> section.optimizer()::create,
            steps(record -> stopAt(record, step, stop)),
            stop);
    return new RecipeRunner(recipe, settings).run();
  }

  static void stopAt(StepRecord record, long step, StopSignal stop) {
    if (record.step() == step) {
      stop.request();
    }
  }

  /** A listener that is interested in steps alone. */
  static TrainingListener steps(Consumer<StepRecord> told) {
    return new TrainingListener() {
      @Override
      public void stage(String name, long step, long steps) {}

      @Override
      public void step(StepRecord record) {
        told.accept(record);
      }

      @Override
      public void note(String sentence) {}
    };
  }

  /** Weights, optimizer, counters and the table of steps are the same, bit for bit. */
  static void assertSame(Path stage, Path other, long step) throws IOException {
    String name = "checkpoint-%010d".formatted(step);
    for (String file :
        List.of(
            "model.safetensors",
            "config.json",
            "training/optimizer-0.safetensors",
            "training/state.json")) {
      assertThat(
              Files.mismatch(stage.resolve(name).resolve(file), other.resolve(name).resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
    MetricsTable a = MetricsTable.read(stage.resolve("metrics.csv"));
    MetricsTable b = MetricsTable.read(other.resolve("metrics.csv"));
    assertThat(b.columns()).isEqualTo(a.columns());
    for (String column : a.columns()) {
      if (!column.equals("tokens_per_second")) {
        assertThat(b.column(column)).as(column).isEqualTo(a.column(column));
      }
    }
  }
}
