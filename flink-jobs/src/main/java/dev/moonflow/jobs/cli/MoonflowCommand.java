package dev.moonflow.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code moonflow} itself: says what commands there are. */
@Command(
    name = "moonflow",
    header = "Images, documents and video frames from Kafka, understood by Kimi-VL inside Flink.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Begin with:",
      "  moonflow demo                      broker, registry and Flink in one process",
      "  moonflow read invoice.pdf          one file, no Kafka",
      "  moonflow doctor                    what this machine has and what it lacks",
      "",
      "Training (its own class path):",
      "  moonflow train                     train a model: every stage of Kimi-VL",
      "  moonflow data                      make, filter and inspect training data",
      "  moonflow evaluate                  benchmarks, with confidence intervals",
      "",
      "Help for one command: moonflow COMMAND --help"
    })
final class MoonflowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.commandLine();
    root.usage(root.getErr());
    return ExitCodes.USER_ERROR;
  }
}
