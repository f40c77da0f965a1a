package dev.moonflow.training.cli;

import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.training.distributed.CollectiveException;
import dev.moonflow.training.distributed.RankGroup;
import dev.moonflow.training.distributed.RankLauncher;
import dev.moonflow.training.distributed.RankPlace;
import dev.moonflow.training.distributed.SingleRank;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.stage.GroupRanks;
import dev.moonflow.training.stage.RecipeRunner;
import dev.moonflow.training.stage.RunSettings;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.StopSignal;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.log.ConsoleListener;
import dev.moonflow.training.trainer.log.TrainingListener;
import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.RecipeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  /** Rank 0 may write a large checkpoint while the others wait. */
  private static final Duration COLLECTIVE_TIMEOUT = Duration.ofMinutes(30);

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
      description = "A YAML file, or one that comes with the program: tiny, needle, moonlet.")
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

  @Option(
      names = "--ranks",
      defaultValue = "1",
      paramLabel = "N",
      description = "Processes on this machine that share every step (default: 1).")
  private int ranks;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each process; sums depend on it (default: all cores together).")
  private Integer threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<RankPlace> place = RankPlace.fromEnvironment(System.getenv());
    if (place.isEmpty() && ranks > 1) {
      return launch();
    }
    if (place.isPresent()) {
      RankLauncher.endWithLauncher();
    }
    try (StopSignal stop = StopSignal.listen();
        TrainingListener listener = listener(place.isPresent())) {
      Ops.threads(threads());
      Recipe read = RecipeReader.read(recipe, settings);
      try (RankGroup group = place.map(RankGroup::join).orElseGet(SingleRank::new)) {
        return train(read, group, listener, stop);
      }
    } catch (RecipeException
        | TrainingStoppedException
        | SampleException
        | CollectiveException
        | CheckpointException e) {
      System.err.println("moonflow train: " + e.getMessage());
      return USER_ERROR;
    }
  }

  private int train(Recipe read, RankGroup group, TrainingListener listener, StopSignal stop) {
    GroupRanks together = new GroupRanks(group);
    RunSettings run =
        new RunSettings(
            out == null ? Path.of(read.name()) : out,
            Optional.ofNullable(stage),
            resume == Resume.auto,
            new DataSources(),
            together,
            together::optimizers,
            listener,
            stop);
    TrainingLoop.End end = new RecipeRunner(read, run).run();
    if (end == TrainingLoop.End.STOPPED) {
      if (together.isFirst()) {
        listener.note("Stopped and saved; the same command goes on from here.");
      }
      return FAILED;
    }
    return OK;
  }

  /** The same command once per rank. */
  private int launch() throws IOException, InterruptedException {
    RecipeReader.read(recipe, settings); // a fault in it is said once, not by every rank
    RankLauncher launcher =
        new RankLauncher(
            ranks,
            COLLECTIVE_TIMEOUT,
            (rank, line) -> System.err.println(rank == 0 ? line : "rank " + rank + ": " + line));
    // Those of the whole command line: the subcommand's name is the first of them.
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    int[] codes = launcher.run(TrainingMain.class, arguments);
    return Arrays.stream(codes).filter(code -> code != OK).findFirst().orElse(OK);
  }

  private int threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return threads != null ? threads : Math.max(1, cores / ranks);
  }

  private static TrainingListener listener(boolean oneOfMany) {
    int width = oneOfMany ? 0 : Integer.getInteger("moonflow.columns", 0);
    return new ConsoleListener(System.err, width > 0, width > 0 ? width : 110);
  }
}
