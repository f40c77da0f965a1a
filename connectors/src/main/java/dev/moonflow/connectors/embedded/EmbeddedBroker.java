package dev.moonflow.connectors.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A single-node Kafka broker and controller inside this JVM, with transactions. Its data lies in a
 * folder, and a broker that is started again on the same folder goes on with it.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private EmbeddedBroker() {}

  /** Formats {@code directory} if it is new, and starts a broker on free loopback ports. */
  public static EmbeddedBroker start(Path directory) throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  /** The {@code host:port} for clients; the same after a restart. */
  public String bootstrapServers() {
    throw new UnsupportedOperationException("being built");
  }

  /** Creates the topics that do not exist yet and waits until they can be written. */
  public void createTopics(Collection<String> names, int partitions) throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  /** Stops the broker and keeps its data. */
  public void stop() {
    throw new UnsupportedOperationException("being built");
  }

  /** Starts a stopped broker on the same data and the same ports. */
  public void restart() throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {
    stop();
  }
}
