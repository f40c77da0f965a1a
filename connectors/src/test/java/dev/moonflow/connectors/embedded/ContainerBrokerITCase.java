package dev.moonflow.connectors.embedded;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The embedded broker's check against the broker of the official image, where there is Docker. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerBrokerITCase {
  @Container private static final KafkaContainer BROKER = new KafkaContainer("apache/kafka:4.2.2");

  @Test
  void readCommittedSeesOnlyCommittedTransactionsAndReadUncommittedSeesAll() throws Exception {
    String servers = BROKER.getBootstrapServers();
    TransactionalRoundTrip.check(
        servers,
        names -> {
          try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            TopicCreation.createMissing(admin, names, 2, Duration.ofSeconds(60));
          }
        });
  }
}
