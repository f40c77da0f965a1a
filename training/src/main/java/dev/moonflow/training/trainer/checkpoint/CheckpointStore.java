package dev.moonflow.training.trainer.checkpoint;

import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of one stage in a folder. One process writes; a checkpoint is there whole or not
 * at all, whatever happens to the process or the disk meanwhile.
 */
public final class CheckpointStore {
  private static final String PREFIX = "checkpoint-";

  /** Writes one part of a checkpoint into its folder. */
  public interface Writer {
    /** Writes; may leave a mess when it fails, which is then removed. */
    void write(Path folder) throws IOException;
  }

  /** Bytes that a folder's disk can still take. */
  public interface FreeSpace {
    /** For the folder, which exists. */
    long bytes(Path folder) throws IOException;
  }

  private final Path folder;
  private final int kept;
  private final FreeSpace space;

  /**
   * A store.
   *
   * @param folder made if absent
   * @param kept checkpoints that stay, at least 1
   */
  public CheckpointStore(Path folder, int kept) {
    this(folder, kept, at -> Files.getFileStore(at).getUsableSpace());
  }

  /** As above, on a disk whose free space is told by someone else. */
  public CheckpointStore(Path folder, int kept, FreeSpace space) {
    this.folder = folder;
    this.kept = kept;
    this.space = space;
  }

  /** The newest checkpoint. */
  public Optional<Path> latest() {
    List<Path> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** All checkpoints, oldest first. */
  public List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(PREFIX + "\\d+"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new TrainingStoppedException(folder + " cannot be listed: " + e + ".", e);
    }
  }

  /** Where a checkpoint is written before it is there. */
  public Path partFolder(long step) {
    return folder.resolve("." + name(step) + ".part");
  }

  /** Makes room for a checkpoint and an empty folder for its parts. */
  public void begin(long step, long expectedBytes) {
    try {
      Files.createDirectories(folder);
      removeParts();
      long free = space.bytes(folder);
      if (free < expectedBytes) {
        throw new TrainingStoppedException(
            "step %d: the checkpoint needs %d MB and the disk of %s has %d MB left; %s."
                .formatted(step, toMegabytes(expectedBytes), folder, free >> 20, lastGood()));
      }
      Files.createDirectories(partFolder(step).resolve("training"));
    } catch (IOException e) {
      throw failed(step, e);
    }
  }

  /** Writes a part of a checkpoint that was begun; removes the whole if that fails. */
  public void write(long step, Writer writer) {
    try {
      writer.write(partFolder(step));
    } catch (IOException | UncheckedIOException e) {
      throw failed(step, e);
    }
  }

  /** Puts a checkpoint in its place and removes those that are too many. */
  public Path commit(long step) {
    Path target = folder.resolve(name(step));
    try {
      force(partFolder(step));
      if (Files.exists(target)) {
        delete(target); // a rerun of the same step after an earlier end
      }
      Files.move(partFolder(step), target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(folder);
    } catch (IOException | UncheckedIOException e) {
      throw failed(step, e);
    }
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - kept))) {
      try {
        delete(old);
      } catch (IOException e) {
        throw new TrainingStoppedException("old checkpoint " + old + " stays: " + e + ".", e);
      }
    }
    return target;
  }

  /** Removes what an earlier process left half-written. */
  public void removeParts() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> parts =
          entries.filter(entry -> entry.getFileName().toString().matches("\\..*\\.part")).toList();
      for (Path part : parts) {
        delete(part);
      }
    }
  }

  private TrainingStoppedException failed(long step, Exception e) {
    Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
    try {
      removeParts();
    } catch (IOException again) {
      e.addSuppressed(again);
    }
    return new TrainingStoppedException(
        "step %d: the checkpoint cannot be written to %s: %s; %s."
            .formatted(step, folder, cause.getMessage(), lastGood()),
        e);
  }

  private String lastGood() {
    return latest().map(path -> "the last good one is " + path).orElse("there is no earlier one");
  }

  private static String name(long step) {
    return PREFIX + "%010d".formatted(step);
  }

  private static long toMegabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private static void force(Path part) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isDirectory(path)) {
          forceFolder(path);
        } else {
          try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(true);
          }
        }
      }
    }
  }

  /** A rename is only kept once the folder that it happened in is. */
  private static void forceFolder(Path path) throws IOException {
    try (FileChannel entries = FileChannel.open(path, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
