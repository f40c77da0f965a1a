package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of a data set below what the user named. */
final class DataFiles {
  private static final int DEPTH_MAX = 4;
  private static final List<String> VIDEOS = List.of("", ".mp4", ".mkv", ".webm", ".avi", ".mov");

  private DataFiles() {}

  /**
   * The file itself, or the files of a folder whose names fit, in the order of their paths.
   *
   * @param names globs; the first that fits anything is taken
   */
  static List<Path> find(Path data, String... names) {
    if (Files.isRegularFile(data)) {
      return List.of(data);
    }
    if (!Files.isDirectory(data)) {
      throw new EvaluationException(data + " does not exist.");
    }
    for (String name : names) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
      try (Stream<Path> files = Files.walk(data, DEPTH_MAX)) {
        List<Path> found =
            files
                .filter(f -> Files.isRegularFile(f) && matcher.matches(f.getFileName()))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      } catch (IOException e) {
        throw new EvaluationException(data + " cannot be listed: " + e.getMessage() + ".", e);
      }
    }
    throw new EvaluationException(
        data + " holds no file named " + String.join(" or ", names) + ".");
  }

  /**
   * The file that a field names, beside the row's file, above it, or in one of some folders there.
   *
   * @throws EvaluationException if it is in none of them
   */
  static Path named(Row row, String field, List<String> folders) {
    return beside(row, field, row.text(field), List.of(""), folders);
  }

  /** The video that a field names, with or without the end of its name. */
  static Path video(Row row, String field, List<String> folders) {
    return beside(row, field, row.text(field), VIDEOS, folders);
  }

  private static Path beside(
      Row row, String field, String name, List<String> ends, List<String> folders) {
    Path base = row.file().toAbsolutePath().getParent();
    try {
      Path relative = Path.of(name).normalize();
      if (relative.isAbsolute() || relative.startsWith("..")) {
        throw row.complaint(field, "names a file outside the data set: " + name);
      }
      for (Path root : roots(base)) {
        for (String folder : folders) {
          for (String end : ends) {
            Path file = root.resolve(folder).resolve(relative + end);
            if (Files.isRegularFile(file)) {
              return file;
            }
          }
        }
      }
    } catch (InvalidPathException e) {
      throw row.complaint(field, "is no name of a file: " + name);
    }
    throw row.complaint(
        field,
        "names "
            + name
            + ", which is not in "
            + base
            + " nor in "
            + String.join(", ", folders.stream().filter(f -> !f.isEmpty()).toList())
            + " there");
  }

  private static List<Path> roots(Path base) {
    return base.getParent() == null ? List.of(base) : List.of(base, base.getParent());
  }
}
