package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.WeightsFile;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow synth}: a checkpoint with random weights. */
@Command(
    name = "synth",
    header = "Write a checkpoint with random weights, of a small or of the true shape.",
    description = {
      "%nFor measurements and for trying things out: the words of such a model are noise. Without"
          + " --weights the folder looks like a published one (BF16 safetensors); with it, weights"
          + " are packed at once, as moonflow convert would pack them. Sizes are printed first, and"
          + " nothing is written that does not fit the disk."
    })
final class SynthCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DST", description = "Folder to write; made if it is not there.")
  private Path target;

  @Option(
      names = "--like",
      paramLabel = "SHAPE",
      description = "kimi-vl-a3b or small (default: ${DEFAULT-VALUE}).",
      defaultValue = "kimi-vl-a3b")
  private String like;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "Layers of either tower of kimi-vl-a3b, 1 to 27 (default: ${DEFAULT-VALUE}).",
      defaultValue = "27")
  private int layers;

  @Option(
      names = "--weights",
      paramLabel = "FORMAT",
      description = "Pack the weights: bf16, int8 or int4.")
  private WeightFormat format;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all weights (default: ${DEFAULT-VALUE}).",
      defaultValue = "2026")
  private long seed;

  SynthCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SyntheticSpec spec = spec();
    for (String name : new String[] {WeightsFile.NAME, "model.safetensors"}) {
      if (Files.exists(target.resolve(name))) {
        throw new UserException(target.resolve(name) + " is there already; name another folder.");
      }
    }
    long bytes =
        format == null
            ? SyntheticCheckpoint.bytes(spec)
            : SyntheticCheckpoint.packedBytes(spec, format);
    console.note(
        "%s, seed %d: %.2f billion parameters, %s as %s"
            .formatted(
                like,
                seed,
                SyntheticCheckpoint.parameters(spec) / 1e9,
                Quantities.bytes(bytes),
                format == null ? "bf16 safetensors" : format.label()));
    Files.createDirectories(target);
    long room = Files.getFileStore(target).getUsableSpace();
    if (room < bytes) {
      throw new UserException(
          "%s needs %s and its disk has %s left; take fewer --layers or smaller --weights."
              .formatted(target, Quantities.bytes(bytes), Quantities.bytes(room)));
    }
    if (format == null) {
      SyntheticCheckpoint.write(target, spec);
    } else {
      SyntheticCheckpoint.writePacked(target, spec, format, new WeightProgress(console));
    }
    console.line("Written to " + target);
    return ExitCodes.OK;
  }

  private SyntheticSpec spec() {
    switch (like.toLowerCase(Locale.ROOT)) {
      case "small":
        return SyntheticSpec.small(seed);
      case "kimi-vl-a3b":
        if (layers < 1 || layers > SyntheticSpec.KIMI_VL_LAYERS) {
          throw new UserException(
              "--layers must be between 1 and %d, found %d."
                  .formatted(SyntheticSpec.KIMI_VL_LAYERS, layers));
        }
        return SyntheticSpec.kimiVlA3b(layers, seed);
      default:
        throw new UserException("--like must be kimi-vl-a3b or small, found " + like + ".");
    }
  }
}
