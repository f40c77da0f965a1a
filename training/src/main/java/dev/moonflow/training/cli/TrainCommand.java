package dev.moonflow.training.cli;

import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.stage.RecipeRunner;
import dev.moonflow.training.stage.RunSettings;
import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.StopSignal;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.log.ConsoleListener;
import dev.moonflow.training.trainer.log.TrainingListener;
import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.RecipeReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code moonflow train}: runs the stages of a recipe, or goes on with them. */
@Command(
    name = "train",
    header = "Train a model as a recipe says.",
    description = {
      "Runs the recipe's stages one after another. What is finished in the output folder is",
      "passed over, what was begun goes on from its last checkpoint, exactly as if it had never",
      "stopped. Ctrl-C ends after the step at hand and saves it."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USER_ERROR = 2;

  /** What happens to what is there already. */
  enum Resume {
    /** It is gone on with. */
    auto,
    /** It is removed. */
    no
  }

  @Option(
      names = "--recipe",
      required = true,
      paramLabel = "FILE|NAME",
      description = "A YAML file, or one that comes with the program: tiny.")
  private String recipe;

  @Option(names = "--stage", paramLabel = "S", description = "Only this stage of the recipe.")
  private String stage;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where checkpoints, logs and the model go (default: the recipe's name).")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Lays a value over the recipe, such as stages.text.steps=100; repeatable.")
  private List<String> settings = List.of();

  @Option(
      names = "--resume",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}: go on with what is there, or remove it and begin.")
  private Resume resume;

  @Override
  public Integer call() {
    try (StopSignal stop = StopSignal.listen();
        TrainingListener listener = listener()) {
      Recipe read = RecipeReader.read(recipe, settings);
      RunSettings run =
          new RunSettings(
              out == null ? Path.of(read.name()) : out,
              Optional.ofNullable(stage),
              resume == Resume.auto,
              new DataSources(),
              Ranks.ALONE,
              section -> section.optimizer()::create,
              listener,
              stop);
      TrainingLoop.End end = new RecipeRunner(read, run).run();
      if (end == TrainingLoop.End.STOPPED) {
        listener.note("Stopped and saved; the same command goes on from here.");
        return FAILED;
      }
      return OK;
    } catch (RecipeException | TrainingStoppedException | SampleException | CheckpointException e) {
      System.err.println("moonflow train: " + e.getMessage());
      return USER_ERROR;
    }
  }

  private static TrainingListener listener() {
    int width = Integer.getInteger("moonflow.columns", 0);
    return new ConsoleListener(System.err, width > 0, width > 0 ? width : 110);
  }
}
