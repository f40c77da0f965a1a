package dev.moonflow.training.evaluation;

import dev.moonflow.training.evaluation.beside.Beside;
import dev.moonflow.training.evaluation.beside.BesideReport;
import dev.moonflow.training.evaluation.beside.BesideRun;
import dev.moonflow.training.evaluation.beside.Pictures;
import dev.moonflow.training.evaluation.beside.Tesseract;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.run.AnswerFile;
import dev.moonflow.training.evaluation.run.AnswerHeader;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.run.PageRunner;
import dev.moonflow.training.evaluation.run.RunListener;
import dev.moonflow.training.evaluation.run.RunSettings;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What is added to a finished evaluation: Tesseract on the same images ({@code beside.md}, {@code
 * beside.json}) and pictures of good and bad answers ({@code pictures/TASK-best.png}, {@code
 * -worst.png}).
 */
public final class Supplements {
  private final Evaluation evaluation;
  private final RunSettings settings;
  private final Path out;

  /** Supplements of an evaluation that has run. */
  public Supplements(Evaluation evaluation, RunSettings settings, Path out) {
    this.evaluation = evaluation;
    this.settings = settings;
    this.out = out;
  }

  /** Runs Tesseract on all tasks that read text, and compares. */
  public List<Beside> beside(List<TaskDefinition> tasks, Tesseract reader, RunListener listener) {
    List<Beside> comparisons = new ArrayList<>();
    for (TaskDefinition task : tasks.stream().filter(BesideRun::canRead).toList()) {
      comparisons.add(beside(task, reader, false, listener));
      if (isLines(task)) {
        comparisons.add(beside(task, reader, true, listener));
      }
    }
    write("beside.md", BesideReport.markdown(comparisons));
    write("beside.json", BesideReport.json(comparisons));
    return comparisons;
  }

  /** Whether each image is one line: Tesseract is then also told so. */
  private static boolean isLines(TaskDefinition task) {
    return !PageRunner.isFor(task) && !task.setting("generators", "").contains("held-out-text");
  }

  private Beside beside(
      TaskDefinition task, Tesseract reader, boolean lines, RunListener listener) {
    TaskDefinition named = task.withName(task.name() + (lines ? "-tesseract-7" : "-tesseract"));
    String who = reader.version() + (lines ? ", --psm 7" : ", default settings");
    Path file = out.resolve("answers").resolve(named.name() + ".jsonl");
    List<Answered> read;
    try (ItemSource items = evaluation.items(task);
        AnswerFile answers = AnswerFile.open(file, AnswerHeader.of(named, who, settings))) {
      int count = Math.min(items.count().orElse(settings.items()), settings.items());
      listener.begins(named, OptionalInt.of(count), answers.answers().size());
      new BesideRun(reader, task, lines)
          .run(
              items,
              count,
              answers.answers().stream().map(Answered::index).collect(Collectors.toSet()),
              answer -> {
                answers.add(answer);
                listener.answered(answer);
              });
      answers.finish();
      listener.ends(named);
      read = answers.answers();
    }
    return Beside.of(task, who, own(task), read, settings.seed());
  }

  private List<Answered> own(TaskDefinition task) {
    Path file = out.resolve("answers").resolve(task.name() + ".jsonl");
    return AnswerFile.read(file).stream().filter(a -> a.index() < settings.items()).toList();
  }

  /** Draws the best and the worst answers of each task. */
  public void pictures(List<TaskDefinition> tasks, int most) {
    for (TaskDefinition task : tasks) {
      try (ItemSource items = evaluation.items(task)) {
        Pictures.write(task, own(task), most, items, out.resolve("pictures"));
      }
    }
  }

  private void write(String name, String text) {
    Path file = out.resolve(name);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }
}
