package dev.moonflow.training.cli;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.training.evaluation.Evaluation;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.Supplements;
import dev.moonflow.training.evaluation.beside.Tesseract;
import dev.moonflow.training.evaluation.report.Comparison;
import dev.moonflow.training.evaluation.report.EvaluationReport;
import dev.moonflow.training.evaluation.run.ModelUnderTest;
import dev.moonflow.training.evaluation.run.RunSettings;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code moonflow evaluate}. */
@Command(
    name = "evaluate",
    header = "Measure a checkpoint on tasks, or compare two measurements.",
    description = {
      "%nAsks the items of each task through the product's own engine and writes OUT/report.md,"
          + " OUT/report.json and OUT/answers/TASK.jsonl. Started again with the same --out it goes"
          + " on where it stopped. The exit code is 1 when an item could not be asked or answered."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  moonflow evaluate --list",
      "  moonflow evaluate --model models/moonlet --tasks synthetic --out eval",
      "  moonflow evaluate --model DIR --tasks mmmu-val --data mmmu-val=MMMU --out eval",
      "  moonflow evaluate --model models/moonlet --tasks moonlet --beside tesseract --pictures 8",
      "  moonflow evaluate --compare eval-before eval-after"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USER_ERROR = 2;
  private static final int PICTURES_MAX = 100;

  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "DIR", description = "Folder of a checkpoint.")
  private Path model;

  @Option(
      names = "--tasks",
      paramLabel = "NAME",
      split = ",",
      arity = "1..*",
      description =
          "Tasks, or groups: synthetic (sets made here), needle, moonlet (held-out"
              + " examples for the default model), all (synthetic and whatever has"
              + " its --data). Default: synthetic.")
  private List<String> tasks = List.of("synthetic");

  @Option(
      names = "--data",
      paramLabel = "NAME=PATH",
      description = "Files of a public benchmark, which you supply; see --list.")
  private Map<String, Path> data = Map.of();

  @Option(
      names = "--task-file",
      paramLabel = "FILE",
      description = "More task definitions, in the form of the built-in ones.")
  private List<Path> taskFiles = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "Items of each task at most.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where answers and report go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("evaluation");

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "Tokens of prompt and answer at most (default: ${DEFAULT-VALUE}).")
  private int context = RunSettings.DEFAULT.contextTokens();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Requests at once; changes the speed alone (default: ${DEFAULT-VALUE}).")
  private int inFlight = RunSettings.DEFAULT.inFlight();

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Of made items, sampling and bootstraps (default: ${DEFAULT-VALUE}).")
  private long seed = RunSettings.DEFAULT.seed();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where kernels run: auto, opencl or cpu (default: auto).")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(
      names = "--beside",
      paramLabel = "READER",
      description =
          "Another reader on the same images of text: tesseract, with its default settings;"
              + " writes OUT/beside.md and OUT/beside.json.")
  private String beside = "";

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Draw the N best and N worst answers of each task into OUT/pictures.")
  private int pictures;

  @Option(names = "--list", description = "Say which tasks there are and what data they need.")
  private boolean list;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "PATH",
      description = "Two --out folders or answer files: B less A, with a paired bootstrap.")
  private List<Path> compare = List.of();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return run();
    } catch (EvaluationException | CheckpointException | DeviceException e) {
      String sentence = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
      err.println("moonflow: " + sentence + (sentence.endsWith(".") ? "" : "."));
      err.flush();
      return USER_ERROR;
    }
  }

  private int run() {
    PrintWriter results = spec.commandLine().getOut();
    TaskCatalog catalog = TaskCatalog.builtIn();
    taskFiles.forEach(catalog::addFile);
    if (list) {
      results.print(TaskList.of(catalog));
      results.flush();
      return 0;
    }
    if (!compare.isEmpty()) {
      results.print(Comparison.toMarkdown(Comparison.of(compare.get(0), compare.get(1), seed)));
      results.flush();
      return 0;
    }
    if (model == null) {
      throw new EvaluationException("--model is missing: the folder of the checkpoint to measure.");
    }
    return evaluate(TaskSelection.of(catalog, tasks, data), results);
  }

  private int evaluate(List<TaskDefinition> chosen, PrintWriter results) {
    if (limit < 1 || context < 1 || inFlight < 1) {
      throw new EvaluationException("--limit, --context and --in-flight must be at least 1.");
    }
    PrintWriter err = spec.commandLine().getErr();
    if (pictures < 0 || pictures > PICTURES_MAX) {
      throw new EvaluationException("--pictures must be from 0 to " + PICTURES_MAX + ".");
    }
    if (!beside.isEmpty() && !beside.equals("tesseract")) {
      throw new EvaluationException(
          "--beside knows the reader tesseract, and not \"" + beside + "\".");
    }
    // Before the model is loaded: a missing command is said at once.
    Optional<Tesseract> reader =
        beside.isEmpty() ? Optional.empty() : Optional.of(Tesseract.find());
    RunSettings settings =
        new RunSettings(limit, inFlight, context, RunSettings.DEFAULT.patchesMax(), seed);
    try (ModelUnderTest loaded = ModelUnderTest.load(model, device);
        EvaluationProgress progress = new EvaluationProgress(err)) {
      err.println("Measuring " + model + " on " + loaded.device() + ".");
      err.flush();
      Evaluation evaluation = new Evaluation(loaded.model(), settings, data, out, progress);
      EvaluationReport report = evaluation.run(chosen);
      Supplements supplements = new Supplements(evaluation, settings, out);
      if (pictures > 0) {
        supplements.pictures(chosen, pictures);
      }
      if (reader.isPresent()) {
        supplements.beside(chosen, reader.get(), progress);
        results.println("Beside " + reader.get().version() + ": " + out.resolve("beside.md"));
      }
      results.print(TaskList.scores(report));
      results.println("Report: " + out.resolve("report.md"));
      results.flush();
      return report.results().stream().anyMatch(r -> r.score().errors() > 0) ? FAILED : 0;
    }
  }
}
