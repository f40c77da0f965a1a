package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecords;
import dev.moonflow.jobs.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads the committed records of one key. */
final class RecordScan {
  /** What is held in memory to make one result again. */
  static final long BYTES_MAX = 512L << 20;

  private static final Duration POLL = Duration.ofMillis(200);

  private final List<RawRecord> found = new ArrayList<>();
  private final Settings settings;
  private final byte[] key;
  private long bytes;

  RecordScan(Settings settings, byte[] key) {
    this.settings = settings;
    this.key = key;
  }

  /** What records are wanted for. */
  interface Wanted {
    /** Whether this one is. */
    boolean is(RawRecord record) throws Exception;
  }

  /** Those of one partition, from its beginning to {@code last}, which is among them. */
  List<RawRecord> upTo(RecordPosition last) throws Exception {
    TopicPartition partition = new TopicPartition(last.topic(), last.partition());
    try (KafkaConsumer<byte[], byte[]> consumer = RecordAtPosition.consumer(settings)) {
      read(consumer, partition, last.offset() + 1, record -> true);
    } catch (KafkaException e) {
      throw unreadable(last.topic(), e);
    }
    return found;
  }

  /** Those of a whole topic that are wanted; none of a topic that is not there. */
  List<RawRecord> of(String topic, Wanted wanted) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = RecordAtPosition.consumer(settings)) {
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        TopicPartition partition = new TopicPartition(topic, info.partition());
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        read(consumer, partition, end, wanted);
      }
    } catch (KafkaException e) {
      throw unreadable(topic, e);
    }
    return found;
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end, Wanted wanted)
      throws Exception {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        RawRecord record = RawRecords.of(each);
        if (each.offset() < end && Arrays.equals(each.key(), key) && wanted.is(record)) {
          add(record);
        }
      }
    }
  }

  private void add(RawRecord record) {
    bytes += record.value() == null ? 0 : record.value().length;
    if (bytes > BYTES_MAX) {
      throw new ReplayException(
          "The result cannot be made again: the records of its key in %s that it may depend on have more than %d bytes."
              .formatted(record.topic(), BYTES_MAX));
    }
    found.add(record);
  }

  private static ReplayException unreadable(String topic, KafkaException e) {
    return new ReplayException("The topic " + topic + " cannot be read: " + e.getMessage() + ".");
  }
}
