package dev.moonflow.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.embedded.KafkaTestClients;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a sink's committer meets when it commits again, after a restart, what a checkpoint had
 * prepared (docs/decisions, 19).
 */
class RecoveredCommitITCase {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.startTemporary();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aPreparedTransactionIsCommittedByAnotherProducerAfterTheFirstIsGone() throws Exception {
    broker.createTopics(List.of("prepared"), 1);
    Prepared prepared = prepare("prepared");
    prepared.producer().close(Duration.ZERO);

    commitAgain(prepared);

    assertThat(committed("prepared")).containsExactly("a result");
  }

  @Test
  void aTransactionThatWasCommittedBeforeTheRestartReadsAsFencedAndNothingIsLostOrDoubled()
      throws Exception {
    broker.createTopics(List.of("done"), 1);
    Prepared prepared = prepare("done");
    prepared.producer().commitTransaction();
    prepared.producer().close(Duration.ZERO);

    assertThatThrownBy(() -> commitAgain(prepared)).isInstanceOf(ProducerFencedException.class);

    assertThat(committed("done")).containsExactly("a result");
  }

  private record Prepared(
      FlinkKafkaInternalProducer<String, String> producer,
      String id,
      long producerId,
      short epoch) {}

  /** Writes a record and takes its transaction as far as a checkpoint does. */
  private static Prepared prepare(String topic) throws Exception {
    String id = "tx-" + topic;
    FlinkKafkaInternalProducer<String, String> producer = producer(id);
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic, "a result")).get();
    producer.precommitTransaction();
    return new Prepared(producer, id, producer.getProducerId(), producer.getEpoch());
  }

  /** What the committer does with what it finds in the checkpoint. */
  private static void commitAgain(Prepared prepared) {
    try (FlinkKafkaInternalProducer<String, String> recovered = producer(prepared.id())) {
      recovered.resumeTransaction(prepared.producerId(), prepared.epoch());
      recovered.commitTransaction();
    }
  }

  private static FlinkKafkaInternalProducer<String, String> producer(String id) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("key.serializer", StringSerializer.class.getName());
    properties.put("value.serializer", StringSerializer.class.getName());
    return new FlinkKafkaInternalProducer<>(properties, id);
  }

  private static List<String> committed(String topic) {
    return KafkaTestClients.consume(broker.bootstrapServers(), topic, "read_committed", 1);
  }
}
