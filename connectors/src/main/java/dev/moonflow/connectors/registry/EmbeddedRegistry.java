package dev.moonflow.connectors.registry;

import com.sun.net.httpserver.HttpServer;
import dev.moonflow.connectors.registry.server.RegistryHandler;
import dev.moonflow.connectors.registry.server.SchemaStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry inside this process, for the demo and for tests: Avro schemas in memory, on a
 * free loopback port, speaking the part of Confluent's REST interface that its own client needs.
 * Not for production: without a journal, what it holds is gone when it stops.
 *
 * <p>It knows registration, look-up, schemas by id, versions, compatibility checks and
 * configuration; it has no deletion, no modes and no schema references. Safe for concurrent
 * clients.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final int THREADS = 4;
  private static final String HOST = "127.0.0.1";

  private final HttpServer server;
  private final ExecutorService threads;

  private EmbeddedRegistry(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Starts a registry on a free port of the loopback interface. */
  public static EmbeddedRegistry start() throws IOException {
    return start(0, new SchemaStore());
  }

  /**
   * Starts a registry that remembers: what was registered before it was killed is there again,
   * under the same ids, before it answers.
   *
   * @param port of the loopback interface
   * @param journal the file that holds what was registered, made if it is not there
   */
  public static EmbeddedRegistry start(int port, Path journal) throws IOException {
    return start(port, SchemaStore.journaled(journal));
  }

  private static EmbeddedRegistry start(int port, SchemaStore store) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(HOST), port), 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, EmbeddedRegistry::daemon);
    server.createContext("/", new RegistryHandler(store));
    server.setExecutor(threads);
    server.start();
    return new EmbeddedRegistry(server, threads);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "embedded-registry");
    thread.setDaemon(true);
    return thread;
  }

  /** The base URL for clients. */
  public String url() {
    return "http://" + HOST + ":" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
