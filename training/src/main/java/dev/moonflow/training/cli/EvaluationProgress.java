package dev.moonflow.training.cli;

import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.run.RunListener;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.io.PrintWriter;
import java.util.OptionalInt;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how an evaluation goes on: a moving bar on a terminal, two lines a task elsewhere. */
final class EvaluationProgress implements RunListener, AutoCloseable {
  private static final int UPDATE_MILLIS = 250;

  private final PrintWriter err;
  private final int columns = Integer.getInteger("moonflow.columns", 0);
  private ProgressBar bar;
  private int answered;
  private int errors;

  EvaluationProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void begins(TaskDefinition task, OptionalInt items, int done) {
    close();
    answered = 0;
    errors = 0;
    if (columns == 0) {
      String of = items.isPresent() ? items.getAsInt() + " items" : "items";
      err.println(task.name() + ": " + of + (done == 0 ? "" : ", " + done + " answered before"));
      err.flush();
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(task.name())
            .setInitialMax(items.orElse(-1))
            .startsFrom(done, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setMaxRenderedLength(columns)
            .build();
  }

  @Override
  public void answered(Answered answer) {
    answered++;
    errors += answer.failed() ? 1 : 0;
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(errors == 0 ? "" : errors + " errors");
    }
  }

  @Override
  public void ends(TaskDefinition task) {
    if (bar == null) {
      err.println(
          task.name()
              + ": "
              + answered
              + " answered"
              + (errors == 0 ? "" : ", " + errors + " of them errors"));
      err.flush();
    }
    close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
