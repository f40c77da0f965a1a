package dev.moonflow.connectors.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The check that a broker's transactions hold: committed records are seen, aborted ones are not.
 */
final class TransactionalRoundTrip {
  private static final int COMMITTED = 300;
  private static final int ABORTED = 200;

  private TransactionalRoundTrip() {}

  interface TopicMaker {
    void create(List<String> names) throws Exception;
  }

  static void check(String servers, TopicMaker topics) throws Exception {
    topics.create(List.of("transactions"));
    try (KafkaProducer<String, String> producer =
        KafkaTestClients.producer(servers, Map.of("transactional.id", "round-trip"))) {
      producer.initTransactions();
      send(producer, "aborted-", ABORTED);
      producer.abortTransaction();
      send(producer, "committed-", COMMITTED);
      producer.commitTransaction();
    }
    List<String> committed =
        KafkaTestClients.consume(servers, "transactions", "read_committed", COMMITTED);
    assertThat(committed).hasSize(COMMITTED).allMatch(value -> value.startsWith("committed-"));
    assertThat(
            KafkaTestClients.consume(
                servers, "transactions", "read_uncommitted", COMMITTED + ABORTED))
        .hasSize(COMMITTED + ABORTED);
  }

  private static void send(KafkaProducer<String, String> producer, String prefix, int count)
      throws Exception {
    producer.beginTransaction();
    for (int i = 0; i < count; i++) {
      var unused =
          producer.send(new ProducerRecord<>("transactions", Integer.toString(i), prefix + i));
    }
    producer.flush();
  }
}
