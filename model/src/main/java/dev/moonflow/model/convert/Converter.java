package dev.moonflow.model.convert;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes a model folder with a weights file of a checkpoint folder with safetensors files. */
public final class Converter {
  /** Files beside the weights that are larger are not part of a model's settings. */
  private static final long SIDE_FILE_BYTES_MAX = 64L << 20;

  private Converter() {}

  /**
   * What was done.
   *
   * @param bytes of the weights file
   * @param resumed tensors that an earlier run had written
   */
  public record Result(long bytes, int resumed) {}

  /**
   * Converts a folder. The target has all that the engine reads; a run that is cut off is continued
   * by the next.
   *
   * @param source a folder with safetensors files
   * @param target made if it is not there; must not hold a finished weights file
   * @throws CheckpointException in one sentence
   */
  public static Result convert(
      Path source, Path target, WeightFormat format, ConversionProgress progress)
      throws IOException {
    if (Files.exists(target.resolve(WeightsFile.NAME))) {
      throw new CheckpointException(
          target.resolve(WeightsFile.NAME)
              + " is there already; delete it or name another folder.");
    }
    try (Checkpoint checkpoint = Checkpoint.open(source)) {
      if (checkpoint.isConverted()) {
        throw new CheckpointException(
            source + " is converted already; convert the folder that it was made from.");
      }
      Files.createDirectories(target);
      WeightsWriter writer =
          new WeightsWriter(
              target,
              checkpoint.config(),
              format,
              checkpoint.fingerprint(),
              checkpoint::read,
              progress);
      checkpoint.requireAll();
      copySettings(source, target);
      int resumed = writer.write();
      return new Result(writer.bytes(), resumed);
    }
  }

  private static void copySettings(Path source, Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(source)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      if (!name.endsWith(".safetensors")
          && !name.endsWith(".index.json")
          && Files.size(file) <= SIDE_FILE_BYTES_MAX) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
