package dev.moonflow.jobs.cli.console;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The log of one process: a file of its own, so that two commands at once do not mix. Must be
 * chosen before the first logger is made.
 */
public final class LogFile {
  /** The property that the logging configuration reads. */
  public static final String PROPERTY = "moonflow.log.file";

  private static final int KEPT = 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private LogFile() {}

  /** Chooses the file, tells the logging configuration, and deletes all but the newest logs. */
  public static Path choose(Home home, Instant now) throws IOException {
    Path folder = home.folder("logs");
    String name = "moonflow-" + STAMP.format(now) + "-" + ProcessHandle.current().pid() + ".log";
    Path file = folder.resolve(name);
    System.setProperty(PROPERTY, file.toString());
    prune(folder);
    return file;
  }

  /** The file of this process, or null where none was chosen. */
  public static Path current() {
    String file = System.getProperty(PROPERTY);
    return file == null ? null : Path.of(file);
  }

  private static void prune(Path folder) throws IOException {
    List<Path> logs = new ArrayList<>();
    Files.walkFileTree(
        folder,
        java.util.Set.of(),
        1,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.startsWith("moonflow-") && name.endsWith(".log")) {
              logs.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    // Names begin with the time, so their order is the order of age.
    logs.sort(Comparator.comparing((Path p) -> p.getFileName().toString()).reversed());
    for (Path old : logs.subList(Math.min(KEPT, logs.size()), logs.size())) {
      Files.deleteIfExists(old);
    }
  }
}
