package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.demo.samples.SampleMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code moonflow make-samples}: draws the bundled samples again. */
@Command(name = "make-samples", hidden = true, header = "Draw the bundled samples into a folder.")
final class MakeSamplesCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Where to write them; created if need be.")
  private Path folder;

  MakeSamplesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SampleMaker.make(folder);
    console.line("Samples written to " + folder);
    return ExitCodes.OK;
  }
}
