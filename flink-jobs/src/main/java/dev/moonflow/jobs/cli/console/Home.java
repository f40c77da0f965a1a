package dev.moonflow.jobs.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two folders of an installation.
 *
 * @param root where the launcher lies, with {@code samples/} and {@code models/}
 * @param work caches and logs; may be deleted whenever nothing runs
 */
public record Home(Path root, Path work) {
  /** What the launcher says, else the current folder. */
  public static Home ofProcess() {
    Path root = Path.of(System.getProperty("moonflow.home", "")).toAbsolutePath().normalize();
    String work = System.getProperty("moonflow.work");
    return new Home(root, work == null ? root.resolve(".moonflow") : Path.of(work));
  }

  /** The bundled samples. */
  public Path samples() {
    return root.resolve("samples");
  }

  /** The default model; it need not exist. */
  public Path defaultModel() {
    return root.resolve("models").resolve("moonlet");
  }

  /** A folder below {@link #work}, created. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(work.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
