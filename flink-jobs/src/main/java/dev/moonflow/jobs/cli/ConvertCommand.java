package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.WeightsFile;
import dev.moonflow.model.convert.Converter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow convert}: packs a checkpoint's weights. */
@Command(
    name = "convert",
    header = "Pack a checkpoint's weights as BF16, INT8 or INT4, mapped and not read at start.",
    description = {
      "%nReads a Hugging Face folder and writes a folder that every command takes for a model: its"
          + " settings and tokenizer, and weights.moonflow, laid out for the kernels. Takes little"
          + " memory whatever the model's size. A run that is cut off is continued by the same"
          + " command.",
      "%nWith --check, reads the weights file of SRC wholly and compares its checksums instead."
    })
final class ConvertCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "SRC", description = "Folder of the checkpoint.")
  private Path source;

  @Parameters(
      index = "1",
      paramLabel = "DST",
      arity = "0..1",
      description = "Folder to write; made if it is not there.")
  private Path target;

  @Option(
      names = "--weights",
      paramLabel = "FORMAT",
      description = "bf16, int8 or int4 (default: ${DEFAULT-VALUE}).",
      defaultValue = "int8")
  private WeightFormat format;

  @Option(names = "--check", description = "Check a weights file instead of writing one.")
  private boolean check;

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (check) {
      return check();
    }
    if (target == null) {
      throw new UserException("Name the folder to write: moonflow convert SRC DST.");
    }
    if (Files.exists(target) && Files.isSameFile(source, target)) {
      throw new UserException("SRC and DST are the same folder; name another for the result.");
    }
    long start = System.nanoTime();
    Converter.Result result =
        Converter.convert(source, target, format, new WeightProgress(console));
    String resumed =
        result.resumed() == 0
            ? ""
            : ", " + Quantities.count(result.resumed(), "tensor") + " of them from a run before";
    console.line(
        "%s: %s as %s%s, %s"
            .formatted(
                target.resolve(WeightsFile.NAME),
                Quantities.bytes(result.bytes()),
                format.label(),
                resumed,
                Quantities.time(Duration.ofNanos(System.nanoTime() - start))));
    return ExitCodes.OK;
  }

  private int check() {
    Path file = Files.isDirectory(source) ? source.resolve(WeightsFile.NAME) : source;
    try (WeightsFile weights = WeightsFile.open(file)) {
      weights.verify();
      console.line(
          "%s: %s of %s, every checksum is right"
              .formatted(
                  file,
                  Quantities.count(weights.header().tensors().size(), "tensor"),
                  Quantities.bytes(weights.header().fileBytes())));
    }
    return ExitCodes.OK;
  }
}
