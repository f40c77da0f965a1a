package dev.moonflow.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.connectors.registry.TestEvents;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.ImageEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source, registry, dead letters and transactional sink together in a job that fails once. */
class ExactlyOnceFlowITCase {
  private static final int EVENTS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] PLAIN_TEXT = "just some text".getBytes(UTF_8);
  private static final byte[] UNKNOWN_ID = {0, 0x7f, 0, 0, 1, 2, 3};

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static RegistrySettings registrySettings;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.startTemporary();
    registry = EmbeddedRegistry.start();
    registrySettings = RegistrySettings.of(registry.url());
    broker.createTopics(List.of("in", "out", "dead"), 2);
    SchemaRegistration.registerAll(
        registrySettings,
        Map.of(
            "in", ImageEvent.getClassSchema(),
            "out", ImageEvent.getClassSchema(),
            "documents", DocumentEvent.getClassSchema()));
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @Test
  void everyEventArrivesOnceAndEveryForeignRecordIsOneDeadLetterThoughTheJobFails()
      throws Exception {
    byte[] otherRecord = publish();
    FailingOnceDecoder.reset();
    runJob();
    assertThat(FailingOnceDecoder.hasFailed()).isTrue();

    List<String> ids = new ArrayList<>();
    try (EventReader<ImageEvent> reader = new EventReader<>(registrySettings, ImageEvent.class)) {
      for (ConsumerRecord<byte[], byte[]> record : committed("out", EVENTS)) {
        ids.add(reader.read(record.value()).getId());
        assertThat(record.headers().lastHeader("traceparent").value()).isNotEmpty();
      }
    }
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, EVENTS).mapToObj(i -> "event-" + i).toList());

    Map<String, byte[]> dead = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : committed("dead", 4)) {
      RawRecord letter = RawRecords.of(record);
      String reason =
          RecordHeader.last(letter.headers(), ErrorHeaders.MESSAGE).orElseThrow().text();
      assertThat(dead.put(reason, letter.value())).as(reason).isNull();
    }
    assertThat(dead).hasSize(4);
    assertThat(dead)
        .containsEntry(
            "the value is not Avro with a schema id: it begins with 0x6a, not 0x00", PLAIN_TEXT)
        .containsEntry("the registry has no schema with id 2130706433", UNKNOWN_ID)
        .containsEntry("the record has no value", null);
    assertThat(dead.values()).contains(otherRecord);
  }

  /**
   * Writes the good events with four foreign records among them; returns the one of another type.
   */
  private static byte[] publish() throws Exception {
    try (ResultWriter<ImageEvent> writer =
            new ResultWriter<>(registrySettings, "in", ImageEvent.class);
        ResultWriter<DocumentEvent> documents =
            new ResultWriter<>(registrySettings, "documents", DocumentEvent.class);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      byte[] otherRecord = documents.write(TestEvents.document("d"));
      for (int i = 0; i < EVENTS; i++) {
        send(producer, writer.write(TestEvents.image("event-" + i)), i);
        switch (i) {
          case 50 -> send(producer, PLAIN_TEXT, i);
          case 100 -> send(producer, UNKNOWN_ID, i);
          case 150 -> send(producer, otherRecord, i);
          case 200 -> send(producer, null, i);
          default -> {
            // A good event has good neighbours.
          }
        }
      }
      return otherRecord;
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value, int i)
      throws Exception {
    List<RecordHeader> headers = List.of(RecordHeader.of("traceparent", "00-" + i));
    producer
        .send(
            OutputRecords.toProducerRecord(
                new OutputRecord("in", ("k" + i).getBytes(UTF_8), value, headers, 1000L + i)))
        .get();
  }

  private static void runJob() throws Exception {
    Configuration settings = new Configuration();
    settings.setString("execution.checkpointing.interval", "100ms");
    settings.setString("execution.checkpointing.dir", folder.resolve("checkpoints").toUri() + "");
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.attempts", "3");
    settings.setString("restart-strategy.fixed-delay.delay", "100ms");
    settings.setString("pipeline.generic-types", "false");
    StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    KafkaSourceSettings source =
        KafkaSourceSettings.of(broker.bootstrapServers(), "in", "flow")
            .startingAt(StartingPoint.EARLIEST)
            .boundedNow();
    KafkaSinkSettings sink =
        new KafkaSinkSettings(broker.bootstrapServers(), "flow", Duration.ofMinutes(5), Map.of());
    job.fromSource(KafkaSources.of(source), WatermarkStrategy.noWatermarks(), "in")
        .process(new FailingOnceDecoder(registrySettings, EVENTS / 3))
        .returns(OutputRecord.TYPE)
        .sinkTo(KafkaSinks.transactional(sink));
    job.execute("flow");
  }

  /** The topic's committed records; the last transactions may become visible with a delay. */
  private static List<ConsumerRecord<byte[], byte[]>> committed(String topic, int expected) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while ((records.size() < expected || isBehind(consumer, partitions))
          && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private static boolean isBehind(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p));
  }
}
