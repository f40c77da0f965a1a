package dev.moonflow.training.cli;

import dev.moonflow.training.cli.data.AnswersDataCommand;
import dev.moonflow.training.cli.data.FilterDataCommand;
import dev.moonflow.training.cli.data.GenerateDataCommand;
import dev.moonflow.training.cli.data.ImportDataCommand;
import dev.moonflow.training.cli.data.InspectDataCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code moonflow data}: makes, filters, takes in and shows training data. */
@Command(
    name = "data",
    header = "Make, filter, take in and look at training data.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      GenerateDataCommand.class,
      FilterDataCommand.class,
      ImportDataCommand.class,
      AnswersDataCommand.class,
      InspectDataCommand.class
    })
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine.usage(spec.commandLine(), System.err);
  }
}
