package dev.moonflow.connectors.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plain producers and consumers of text, for tests. */
public final class KafkaTestClients {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private KafkaTestClients() {}

  /** Writes {@code values} in order and waits until the broker has them. */
  public static void produce(String servers, String topic, List<String> values) throws Exception {
    try (KafkaProducer<String, String> producer = producer(servers, Map.of())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (String value : values) {
        sent.add(producer.send(new ProducerRecord<>(topic, value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /** A producer of text. */
  public static KafkaProducer<String, String> producer(
      String servers, Map<String, Object> properties) {
    Map<String, Object> all = new java.util.HashMap<>(properties);
    all.put("bootstrap.servers", servers);
    all.put("max.request.size", 64 << 20);
    all.put("buffer.memory", 64L << 20);
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  /** Everything that a reader of this isolation sees of a topic, expecting {@code atLeast}. */
  public static List<String> consume(String servers, String topic, String isolation, int atLeast) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "isolation.level", isolation);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> values = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))
          || values.size() < atLeast) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "saw " + values.size() + " records of " + topic + ", expected " + atLeast);
        }
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }
}
