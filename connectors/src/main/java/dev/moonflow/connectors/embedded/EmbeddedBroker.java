package dev.moonflow.connectors.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;

/**
 * A single-node Kafka broker and controller inside this JVM, with transactions. Its data lies in a
 * folder, and a broker that is started again on the same folder goes on with it. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int PORT_ATTEMPTS = 5;
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final BrokerFolder folder;
  private final BrokerPorts ports;
  private final Map<String, String> more;
  private KafkaRaftServer server;

  private EmbeddedBroker(BrokerFolder folder, BrokerPorts ports, Map<String, String> more) {
    this.folder = folder;
    this.ports = ports;
    this.more = more;
  }

  /** Formats {@code directory} if it is new, and starts a broker on free loopback ports. */
  public static EmbeddedBroker start(Path directory) throws IOException {
    return start(BrokerFolder.kept(directory));
  }

  /**
   * The same on given loopback ports, for a process that may be killed and comes back where it was.
   *
   * @param broker port for clients
   * @param controller port of its controller
   * @param more the broker's own settings, over those of this class
   */
  public static EmbeddedBroker start(
      Path directory, int broker, int controller, Map<String, String> more) throws IOException {
    BrokerFolder folder = BrokerFolder.kept(directory);
    folder.formatIfNew();
    EmbeddedBroker started =
        new EmbeddedBroker(folder, new BrokerPorts(broker, controller), Map.copyOf(more));
    started.restart();
    return started;
  }

  /** Starts a broker in a new temporary folder, which {@link #close()} deletes. */
  public static EmbeddedBroker startTemporary() throws IOException {
    return start(BrokerFolder.temporary(Files.createTempDirectory("moonflow-broker-")));
  }

  private static EmbeddedBroker start(BrokerFolder folder) throws IOException {
    folder.formatIfNew();
    // A free port can be taken by another process before the broker binds it: then try others.
    for (int attempt = 1; ; attempt++) {
      EmbeddedBroker broker = new EmbeddedBroker(folder, BrokerPorts.free(), Map.of());
      try {
        broker.restart();
        return broker;
      } catch (IOException failed) {
        if (attempt == PORT_ATTEMPTS || !BrokerPorts.wereTaken(failed)) {
          folder.close();
          throw failed;
        }
      }
    }
  }

  /** The {@code host:port} for clients; the same after {@link #restart()}. */
  public String bootstrapServers() {
    return BrokerPorts.HOST + ":" + ports.broker();
  }

  /** Creates the topics that do not exist yet and waits until each partition has its leader. */
  public void createTopics(Collection<String> names, int partitions) throws IOException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      TopicCreation.createMissing(admin, names, partitions, READY_WITHIN);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("could not create the topics " + names + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while creating the topics " + names, e);
    }
  }

  /** Stops the broker and keeps its data and its ports; stopping a stopped one does nothing. */
  public synchronized void stop() {
    if (server != null) {
      KafkaRaftServer stopping = server;
      server = null;
      stopping.shutdown();
      stopping.awaitShutdown();
    }
  }

  /** Starts a stopped broker on the same data and the same ports. */
  public synchronized void restart() throws IOException {
    if (server != null) {
      throw new IllegalStateException("the broker is running at " + bootstrapServers());
    }
    Properties settings = BrokerSettings.of(folder.path(), ports);
    settings.putAll(more);
    KafkaRaftServer starting = null;
    try {
      starting = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
      starting.startup();
      server = starting;
    } catch (RuntimeException e) {
      if (starting != null) {
        starting.shutdown();
      }
      throw new IOException("the embedded broker did not start in " + folder.path(), e);
    }
  }

  /** Whether the broker is running. */
  public synchronized boolean isRunning() {
    return server != null;
  }

  @Override
  public void close() {
    stop();
    folder.close();
  }
}
