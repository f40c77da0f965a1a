package dev.moonflow.jobs.cli.results;

import dev.moonflow.jobs.cli.flink.Cluster;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of output topics that sees committed records only, belongs to no group and leaves no
 * trace. Used by one thread; {@link #stop} may be called by any.
 */
public final class OutputTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Topics> roles = new HashMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * Opens a tail.
   *
   * @param fromNow whether to pass over what is there already
   */
  public OutputTail(Settings settings, Collection<Topics> topics, boolean fromNow) {
    Map<String, Object> properties = Cluster.clientProperties(settings);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (Topics topic : topics) {
      String name = TopicNames.of(settings, topic);
      roles.put(name, topic);
      consumer
          .partitionsFor(name)
          .forEach(p -> partitions.add(new TopicPartition(name, p.partition())));
    }
    consumer.assign(partitions);
    if (fromNow) {
      consumer.seekToEnd(partitions);
      // Positions are looked up lazily: now, not when the first poll comes.
      partitions.forEach(consumer::position);
    } else {
      consumer.seekToBeginning(partitions);
    }
  }

  /** Takes a record of a topic. */
  public interface Sink {
    /** Shows it. */
    void accept(Topics topic, ConsumerRecord<byte[], byte[]> kafkaRecord) throws Exception;
  }

  /**
   * Hands records on until the tail ends.
   *
   * @return how many there were
   */
  public long run(TailUntil until, Sink sink) throws Exception {
    Map<TopicPartition, Long> ends = until.follow() ? Map.of() : consumer.endOffsets(partitions);
    long shown = 0;
    long lastNanos = System.nanoTime();
    try {
      while (!stopped.get() && shown < until.recordsMax() && !until.enough().getAsBoolean()) {
        if (!until.follow() && reached(ends)) {
          break;
        }
        List<ConsumerRecord<byte[], byte[]>> batch = poll();
        for (ConsumerRecord<byte[], byte[]> kafkaRecord : batch) {
          if (shown == until.recordsMax()) {
            break;
          }
          sink.accept(roles.get(kafkaRecord.topic()), kafkaRecord);
          shown++;
        }
        if (!batch.isEmpty()) {
          lastNanos = System.nanoTime();
        } else if (until.follow()
            && until.idle() != null
            && System.nanoTime() - lastNanos > until.idle().toNanos()) {
          break;
        }
      }
    } catch (WakeupException e) {
      stopped.set(true);
    }
    return shown;
  }

  /** Ends {@link #run} soon. */
  public void stop() {
    stopped.set(true);
    consumer.wakeup();
  }

  /** One batch; over partitions in the order of time, so that a table reads as it happened. */
  private List<ConsumerRecord<byte[], byte[]>> poll() {
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    consumer.poll(POLL).forEach(batch::add);
    batch.sort(
        Comparator.comparingLong((ConsumerRecord<byte[], byte[]> r) -> r.timestamp())
            .thenComparing(ConsumerRecord::topic)
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return batch;
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  @Override
  public void close() {
    // No group and no commits: nothing is worth waiting for.
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
