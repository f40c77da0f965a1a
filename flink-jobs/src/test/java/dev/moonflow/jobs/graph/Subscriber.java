package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecords;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads an output topic from its beginning under {@code read_committed}. */
final class Subscriber implements AutoCloseable {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<RawRecord> records = new ArrayList<>();

  Subscriber(Services services, Topics topic) {
    this(services, topic.defaultName());
  }

  Subscriber(Services services, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                services.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int partition = 0; partition < Services.PARTITIONS; partition++) {
      partitions.add(new TopicPartition(topic, partition));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads until there are at least so many records. */
  List<RawRecord> await(int count) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (records.size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("only " + records.size() + " of " + count + ": " + records);
      }
      poll(Duration.ofMillis(200));
    }
    return records;
  }

  /** Reads on for a while, for records that must not come. */
  List<RawRecord> linger(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < deadline) {
      poll(Duration.ofMillis(100));
    }
    return records;
  }

  List<RawRecord> records() {
    return records;
  }

  private void poll(Duration time) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(time)) {
      records.add(RawRecords.of(record));
    }
  }

  /** The records as what they encode. */
  static <T extends SpecificRecord> List<T> decode(
      Services services, Class<T> type, List<RawRecord> records) throws Exception {
    List<T> decoded = new ArrayList<>();
    try (EventReader<T> reader = new EventReader<>(services.registrySettings(), type)) {
      for (RawRecord record : records) {
        decoded.add(reader.read(record.value()));
      }
    }
    return decoded;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
