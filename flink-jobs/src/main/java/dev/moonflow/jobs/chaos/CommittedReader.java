package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecords;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every topic under {@code read_committed} from its beginning, on a thread of its own, and
 * hands what it reads to the checker at once.
 */
final class CommittedReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Checker checker;
  private final RecoveryClock recoveries;
  private final Thread thread = new Thread(this::read, "chaos-reader");
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicLong lastOutputNanos = new AtomicLong(System.nanoTime());
  private volatile boolean ending;

  CommittedReader(String bootstrap, int partitions, Checker checker, RecoveryClock recoveries) {
    this.checker = checker;
    this.recoveries = recoveries;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (Topics topic : Topics.values()) {
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic.defaultName(), partition));
      }
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try {
      while (!ending) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(RawRecords.of(record));
        }
      }
    } catch (Exception e) {
      failure.compareAndSet(null, e);
    } finally {
      consumer.close(CLOSE_WITHIN);
    }
  }

  private void take(RawRecord record) throws Exception {
    Topics topic = topic(record.topic());
    if (topic.isInput()) {
      checker.event(record);
      return;
    }
    checker.output(record);
    lastOutputNanos.set(System.nanoTime());
    if (topic != Topics.DEAD_LETTERS) { // which keep the time of their event
      recoveries.result(record.timestamp(), System.currentTimeMillis());
    }
  }

  private static Topics topic(String name) {
    for (Topics topic : Topics.values()) {
      if (topic.defaultName().equals(name)) {
        return topic;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Nanoseconds since a record came out, or since the beginning. */
  long silenceNanos() {
    return System.nanoTime() - lastOutputNanos.get();
  }

  /** Throws what ended the reading before its time. */
  void check() throws Exception {
    Exception e = failure.get();
    if (e != null) {
      throw new IllegalStateException("The reader failed: " + e, e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    ending = true;
    thread.join(CLOSE_WITHIN.toMillis() * 2);
  }
}
