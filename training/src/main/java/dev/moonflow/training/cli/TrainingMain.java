package dev.moonflow.training.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code moonflow train}, {@code moonflow data} and {@code moonflow evaluate}. */
@Command(
    name = "moonflow",
    header = "Training data, training stages and evaluation.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      DataCommand.class,
      EvaluateCommand.class,
      ExperimentCommand.class
    })
public final class TrainingMain implements Runnable {
  private TrainingMain() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingMain()).execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }
}
