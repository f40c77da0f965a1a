package dev.moonflow.connectors.registry;

import java.io.IOException;

/**
 * A schema registry inside this process, for the demo and for tests: schemas in memory, on a free
 * loopback port, speaking the part of Confluent's REST interface that its own client needs. Not for
 * production: what it holds is gone when it stops.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private EmbeddedRegistry() {}

  /** Starts a registry on a free port of the loopback interface. */
  public static EmbeddedRegistry start() throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  /** The base URL for clients. */
  public String url() {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("being built");
  }
}
