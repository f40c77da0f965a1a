package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.UserException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code moonflow read}: one file, no Kafka. */
@Command(name = "read", header = "Read or describe one file here, without Kafka or Flink.")
final class ReadCommand implements Callable<Integer> {
  private final Console console;
  private final Home home;

  @Parameters(paramLabel = "FILE", description = "An image or a PDF.")
  private Path file;

  ReadCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() {
    throw new UserException(file + " " + console.width() + home.root());
  }
}
