package dev.moonflow.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --help}, the same on every command. */
@Command(
    mixinStandardHelpOptions = false,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n")
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 1000,
      description = "Show this help.")
  private boolean help;
}
