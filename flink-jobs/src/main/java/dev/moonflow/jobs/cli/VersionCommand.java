package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;

/** {@code moonflow version}. */
@Command(name = "version", header = "Show the versions of Moonflow and of what it stands on.")
final class VersionCommand implements Callable<Integer> {
  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String own = getClass().getPackage().getImplementationVersion();
    console.line("moonflow " + Objects.requireNonNullElse(own, "(built from sources)"));
    console.line("flink    " + EnvironmentInformation.getVersion());
    console.line("kafka    " + AppInfoParser.getVersion());
    console.line("java     " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    return ExitCodes.OK;
  }
}
