package dev.moonflow.model.convert;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.WeightsFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Packed copies of checkpoints, made on this host when first asked for and kept in a folder of the
 * user's cache under their fingerprint: every process of the host then maps the same file.
 */
public final class PackedCopies {
  /** Names the folder of the copies; by default {@code ~/.cache/moonflow/weights}. */
  public static final String FOLDER_PROPERTY = "moonflow.weights.folder";

  private static final int NAME_DIGITS = 24;

  private PackedCopies() {}

  /**
   * The folder to load for a checkpoint in a format: the checkpoint's own if it is packed so, else
   * that of its copy. Several threads and processes may ask at once; one converts.
   *
   * @throws CheckpointException in one sentence if the checkpoint cannot be read or is packed in
   *     another format
   * @throws IOException if the copy cannot be written
   */
  public static Path of(Path checkpoint, WeightFormat format) throws IOException {
    String fingerprint;
    try (Checkpoint source = Checkpoint.open(checkpoint)) {
      if (source.isConverted()) {
        return packedAlready(checkpoint, source.weights().header().weights(), format);
      }
      fingerprint = source.fingerprint();
    }
    Path all = Files.createDirectories(folder());
    String name = fingerprint.substring(0, NAME_DIGITS) + "-" + format.label();
    Path copy = all.resolve(name);
    synchronized (PackedCopies.class) { // a lock of a file is the process's: threads need their own
      try (FileChannel lock =
              FileChannel.open(
                  all.resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        if (held.isValid() && !Files.exists(copy.resolve(WeightsFile.NAME))) {
          Converter.convert(checkpoint, copy, format, ConversionProgress.NONE);
        }
      }
    }
    return copy;
  }

  private static Path packedAlready(Path checkpoint, WeightFormat is, WeightFormat wanted) {
    if (is != wanted) {
      throw new CheckpointException(
          "%s holds weights packed as %s, and %s is asked for; name the folder that it was made from."
              .formatted(checkpoint, is.label(), wanted.label()));
    }
    return checkpoint;
  }

  private static Path folder() {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    return chosen != null
        ? Path.of(chosen)
        : Path.of(System.getProperty("user.home"), ".cache", "moonflow", "weights");
  }
}
