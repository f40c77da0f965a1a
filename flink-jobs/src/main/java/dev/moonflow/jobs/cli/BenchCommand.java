package dev.moonflow.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code moonflow bench}: says what can be measured. */
@Command(
    name = "bench",
    header = "Measure the engine, the pipeline or the packing of images.",
    synopsisSubcommandLabel = "WHAT",
    commandListHeading = "%nWhat to measure:%n",
    footer = {
      "",
      "Examples:",
      "  moonflow bench engine",
      "  moonflow bench pipeline --pages 64 --out bench",
      "  moonflow bench pipeline --pair \"OMP_THREAD_LIMIT=1 tesseract {page} - --psm 3\""
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USER_ERROR;
  }
}
