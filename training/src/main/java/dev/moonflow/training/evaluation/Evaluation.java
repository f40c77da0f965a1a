package dev.moonflow.training.evaluation;

import dev.moonflow.model.KimiVl;
import dev.moonflow.training.evaluation.heldout.HeldOutItems;
import dev.moonflow.training.evaluation.item.ItemOpener;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.loader.Loaders;
import dev.moonflow.training.evaluation.needle.NeedleRecall;
import dev.moonflow.training.evaluation.report.EvaluationReport;
import dev.moonflow.training.evaluation.report.JsonReport;
import dev.moonflow.training.evaluation.report.MarkdownReport;
import dev.moonflow.training.evaluation.report.TaskResult;
import dev.moonflow.training.evaluation.run.AnswerFile;
import dev.moonflow.training.evaluation.run.AnswerHeader;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.run.ModelUnderTest;
import dev.moonflow.training.evaluation.run.PageRunner;
import dev.moonflow.training.evaluation.run.RunListener;
import dev.moonflow.training.evaluation.run.RunSettings;
import dev.moonflow.training.evaluation.run.TaskRunner;
import dev.moonflow.training.evaluation.synthetic.SyntheticSets;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs tasks on a model and writes {@code answers/TASK.jsonl}, {@code report.md} and {@code
 * report.json} into a folder. Run again into the same folder, it goes on where it stopped; the
 * bytes are the same.
 */
public final class Evaluation {
  private final KimiVl model;
  private final RunSettings settings;
  private final Map<String, Path> data;
  private final Path out;
  private final RunListener listener;

  /**
   * An evaluation.
   *
   * @param data files or folders that the user supplied, by task
   * @param out where answers and report go; made if it is not there
   */
  public Evaluation(
      KimiVl model, RunSettings settings, Map<String, Path> data, Path out, RunListener listener) {
    this.model = model;
    this.settings = settings;
    this.data = Map.copyOf(data);
    this.out = out;
    this.listener = listener;
  }

  /** Complains of a task whose loader there is not, before anything is loaded. */
  public static void requireLoader(TaskDefinition task) {
    ItemOpener unused = opener(task);
  }

  private static ItemOpener opener(TaskDefinition task) {
    ItemOpener opener =
        SyntheticSets.openers()
            .getOrDefault(task.loader(), NeedleRecall.OPENERS.get(task.loader()));
    opener = opener == null ? HeldOutItems.openers().get(task.loader()) : opener;
    opener = opener == null ? Loaders.named(task.loader()) : opener;
    if (opener == null) {
      throw new EvaluationException(
          "task " + task.name() + ": there is no loader " + task.loader() + ".");
    }
    return opener;
  }

  /** Runs all tasks and writes the report. */
  public EvaluationReport run(List<TaskDefinition> tasks) {
    List<TaskResult> results = new ArrayList<>();
    for (TaskDefinition task : tasks) {
      results.add(run(task));
    }
    EvaluationReport report = new EvaluationReport(model.fingerprint(), settings, results);
    write("report.md", MarkdownReport.write(report));
    write("report.json", JsonReport.write(report));
    return report;
  }

  /** The items of a task, from the first. */
  ItemSource items(TaskDefinition task) {
    return opener(task)
        .open(
            new ItemRequest(
                task,
                Optional.ofNullable(data.get(task.name())),
                settings.seed(),
                settings.items(),
                ModelUnderTest.costs(model)));
  }

  private TaskResult run(TaskDefinition task) {
    Path file = out.resolve("answers").resolve(task.name() + ".jsonl");
    AnswerHeader header = AnswerHeader.of(task, model.fingerprint(), settings);
    TaskRunner runner = new TaskRunner(model, task, settings);
    try (ItemSource items = items(task);
        AnswerFile answers = AnswerFile.open(file, header)) {
      listener.begins(task, runner.count(items), answers.answers().size());
      Consumer<Answered> sink =
          answered -> {
            answers.add(answered);
            listener.answered(answered);
          };
      if (PageRunner.isFor(task)) {
        new PageRunner(model, task, settings).run(items, answers::has, sink);
      } else {
        runner.run(items, answers::has, sink);
      }
      answers.finish();
      listener.ends(task);
      // An earlier run may have gone further: its answers stay in the file, and out of this report.
      return TaskResult.of(
          task,
          answers.answers().stream().filter(a -> a.index() < settings.items()).toList(),
          items.notes(),
          settings.seed());
    }
  }

  private void write(String name, String text) {
    Path file = out.resolve(name);
    try {
      Files.createDirectories(out);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }
}
