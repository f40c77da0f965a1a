package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.conformance.ConformanceRunner;
import dev.moonflow.model.conformance.WeightFormatReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow conformance}: replays golden numbers through the product's own code. */
@Command(
    name = "conformance",
    header = "Replay a folder of golden numbers and compare.",
    description = {
      "%nRuns preprocessing, the vision tower, parts of the language model, gates, tokenizer, chat"
          + " template and whole generations on what the folder holds, and prints a line per"
          + " quantity with its largest error and its tolerance. Ends with \"N passed, M failed\";"
          + " the exit code is 0 only when nothing failed.",
      "%nWith --weights, converts the folder's checkpoint to every format instead and prints how far"
          + " logits and greedy ids move."
    })
final class ConformanceCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DeviceOption device;

  @Parameters(paramLabel = "DIR", description = "The golden folder.")
  private Path folder;

  @Option(names = "--weights", description = "Compare weight formats instead.")
  private boolean weights;

  ConformanceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + " is not a folder.");
    }
    try (Kernels kernels = Kernels.open(device.choice())) {
      console.note("device: " + kernels.device() + " (" + kernels.description() + ")");
      if (weights) {
        try (TemporaryFolder temporary = new TemporaryFolder("moonflow-weights")) {
          WeightFormatReport.of(folder, kernels, temporary.path())
              .forEach(line -> console.line(line.toString()));
        }
        return ExitCodes.OK;
      }
      int failed = ConformanceRunner.run(folder, kernels, console.out());
      console.out().flush();
      return failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }
}
