package dev.moonflow.jobs.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints that jobs have left in a folder. Numbers go on from a checkpoint to the job that
 * is restored from it, so the highest is the newest whatever job made it; and its metadata is
 * written last, so it is whole.
 */
final class Checkpoints {
  private static final Pattern METADATA = Pattern.compile(".*/chk-(\\d+)/_metadata");

  private Checkpoints() {}

  /** The newest one, for the job that follows a lost one. */
  static Optional<Path> newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.find(folder, 3, (path, attributes) -> number(path) >= 0)) {
      return files.max(Comparator.comparingLong(Checkpoints::number)).map(Path::getParent);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static long number(Path file) {
    Matcher matcher = METADATA.matcher(file.toString().replace('\\', '/'));
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
