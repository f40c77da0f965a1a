package dev.moonflow.training.trainer.log;

import dev.moonflow.training.trainer.StepRecord;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that moves on a terminal; elsewhere a line for every twentieth of a stage. */
public final class ConsoleListener implements TrainingListener {
  private static final int LINES_PER_STAGE = 20;

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private ProgressBar bar;
  private String stage = "";
  private long steps;

  /**
   * A listener that prints.
   *
   * @param terminal whether a person watches
   * @param width columns of a line
   */
  public ConsoleListener(PrintStream out, boolean terminal, int width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  @Override
  public void stage(String name, long step, long steps) {
    close();
    this.stage = name;
    this.steps = steps;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setMaxRenderedLength(width)
              .setConsumer(new ConsoleProgressBarConsumer(out, width))
              .build();
      bar.stepTo(step);
    }
  }

  @Override
  public void step(StepRecord record) {
    String numbers =
        String.format(
            Locale.ROOT,
            "loss %.4f, lr %.2e, %.0f tokens/s, load +%.0f %%",
            record.loss(),
            record.learningRate(),
            record.tokensPerSecond(),
            100 * record.loadViolation());
    if (bar != null) {
      bar.setExtraMessage(" " + numbers);
      bar.stepTo(record.step());
      return;
    }
    long every = Math.max(1, steps / LINES_PER_STAGE);
    if (record.step() == 1 || record.step() == steps || record.step() % every == 0) {
      out.println(stage + " " + record.step() + "/" + steps + ": " + numbers);
    }
  }

  @Override
  public void note(String sentence) {
    out.println(bar == null ? sentence : "\r" + sentence);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
