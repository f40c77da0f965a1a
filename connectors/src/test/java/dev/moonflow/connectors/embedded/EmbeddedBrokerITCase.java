package dev.moonflow.connectors.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerITCase {
  @TempDir Path folder;

  @Test
  void readCommittedSeesOnlyCommittedTransactionsAndReadUncommittedSeesAll() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
      TransactionalRoundTrip.check(
          broker.bootstrapServers(), names -> broker.createTopics(names, 2));
    }
  }

  @Test
  void aRestartedBrokerKeepsItsPortsAndItsRecords() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      String address = broker.bootstrapServers();
      broker.createTopics(List.of("kept"), 1);
      KafkaTestClients.produce(address, "kept", List.of("one", "two"));
      broker.stop();
      assertThat(broker.isRunning()).isFalse();
      broker.restart();
      assertThat(broker.bootstrapServers()).isEqualTo(address);
      KafkaTestClients.produce(address, "kept", List.of("three"));
      assertThat(KafkaTestClients.consume(address, "kept", "read_committed", 3))
          .containsExactly("one", "two", "three");
    }
    try (EmbeddedBroker again = EmbeddedBroker.start(folder)) {
      assertThat(KafkaTestClients.consume(again.bootstrapServers(), "kept", "read_committed", 3))
          .containsExactly("one", "two", "three");
    }
    assertThat(Files.exists(folder.resolve("meta.properties"))).isTrue();
  }

  @Test
  void creatingATopicTwiceChangesNothingAndRestartingARunningBrokerIsRefused() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
      broker.createTopics(List.of("a", "b"), 3);
      broker.createTopics(List.of("b", "c"), 3);
      KafkaTestClients.produce(broker.bootstrapServers(), "c", List.of("x".repeat(2 << 20)));
      assertThat(
              KafkaTestClients.consume(broker.bootstrapServers(), "c", "read_committed", 1)
                  .get(0)
                  .getBytes(UTF_8))
          .hasSize(2 << 20);
      assertThatThrownBy(broker::restart)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(broker.bootstrapServers());
    }
  }
}
