package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecords;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one committed record. */
final class RecordAtPosition {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private RecordAtPosition() {}

  static RawRecord read(Settings settings, RecordPosition position) {
    TopicPartition partition = new TopicPartition(position.topic(), position.partition());
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
      consumer.assign(List.of(partition));
      long first = consumer.beginningOffsets(List.of(partition)).get(partition);
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      if (position.offset() < first || position.offset() >= end) {
        throw new ReplayException(
            "There is no record at %s: the partition holds offsets %d to %d."
                .formatted(position, first, end - 1));
      }
      consumer.seek(partition, position.offset());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.offset() == position.offset()) {
            return RawRecords.of(record);
          }
          throw new ReplayException(
              "There is no record at "
                  + position
                  + ": it was aborted, or is a transaction's mark.");
        }
        if (consumer.position(partition) > position.offset()) {
          break;
        }
      }
      throw new ReplayException("There is no committed record at " + position + ".");
    } catch (KafkaException e) {
      throw new ReplayException(
          "The record at " + position + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /** A consumer of committed records, without a group. */
  static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
    Map<String, Object> properties = new HashMap<>(settings.get(KafkaOptions.PROPERTIES));
    properties.put("bootstrap.servers", settings.get(KafkaOptions.BOOTSTRAP_SERVERS));
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", false);
    properties.put("auto.offset.reset", "none");
    properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
