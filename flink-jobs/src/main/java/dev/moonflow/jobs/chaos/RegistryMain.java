package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A schema registry as a process, which keeps what it knows in a file: {@code PORT FILE}. */
public final class RegistryMain {
  private RegistryMain() {}

  /** Runs until it is killed, or told to stop. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "registry-stop"));
    new CountDownLatch(1).await();
  }
}
