package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A Kafka broker as a process: {@code FOLDER PORT CONTROLLER-PORT}. */
public final class BrokerMain {
  /** A broker that was killed may come back only when its last session has run out. */
  private static final Map<String, String> SETTINGS =
      Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "500");

  private BrokerMain() {}

  /** Runs until it is killed, or told to stop. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            Path.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            SETTINGS);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
    new CountDownLatch(1).await();
  }
}
