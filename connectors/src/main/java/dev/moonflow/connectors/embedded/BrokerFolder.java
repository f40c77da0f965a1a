package dev.moonflow.connectors.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a broker's data, formatted for KRaft once. */
final class BrokerFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFolder.class);
  private static final String MARK = "meta.properties";

  private final Path path;
  private final boolean temporary;

  private BrokerFolder(Path path, boolean temporary) {
    this.path = path.toAbsolutePath();
    this.temporary = temporary;
  }

  static BrokerFolder kept(Path path) {
    return new BrokerFolder(path, false);
  }

  static BrokerFolder temporary(Path path) {
    return new BrokerFolder(path, true);
  }

  Path path() {
    return path;
  }

  void formatIfNew() throws IOException {
    if (Files.exists(path.resolve(MARK))) {
      return;
    }
    Files.createDirectories(path);
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silence)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerSettings.NODE_ID)
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(path.toString())
          .setDirectories(List.of(path.toString()))
          .run();
    } catch (Exception e) {
      throw new IOException("could not format " + path + " for the embedded broker", e);
    }
  }

  /** Deletes a temporary folder; what cannot be deleted is left to the system, with a line. */
  @Override
  public void close() {
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("could not delete the embedded broker's folder {}: {}", path, e.toString());
    }
  }
}
