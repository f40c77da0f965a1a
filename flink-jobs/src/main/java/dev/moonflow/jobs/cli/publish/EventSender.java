package dev.moonflow.jobs.cli.publish;

import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.jobs.cli.flink.Cluster;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The idempotent producer of events. Used by one thread. */
public final class EventSender implements AutoCloseable {
  private static final int REQUEST_BYTES_MAX = 64 << 20;
  private static final int BLOCK_MS_MAX = 20_000;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final Settings settings;
  private final RegistrySettings registry;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Topics, ResultWriter<SpecificRecord>> writers = new EnumMap<>(Topics.class);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long bytes;

  /** Opens the producer; schemas must be registered already. */
  public EventSender(Settings settings) {
    this.settings = settings;
    this.registry = Registry.settings(settings);
    Map<String, Object> properties = Cluster.clientProperties(settings);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS_MAX);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends an event; a failure of an earlier one is thrown here or by {@link #flush}.
   *
   * @throws Exception the first failure, of this event or of one before it
   */
  public void send(OutgoingEvent event) throws Exception {
    rethrow();
    byte[] value = encode(event);
    bytes += value.length;
    // The callback hears of every failure; nobody needs the future.
    var unused =
        producer.send(
            new ProducerRecord<>(
                TopicNames.of(settings, event.topic()),
                event.key().getBytes(StandardCharsets.UTF_8),
                value),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Waits until Kafka has everything; returns only when it has. */
  public void flush() throws Exception {
    producer.flush();
    rethrow();
  }

  /** Bytes of the values sent so far. */
  public long bytes() {
    return bytes;
  }

  private byte[] encode(OutgoingEvent event) throws RegistryUnavailableException {
    return writers.computeIfAbsent(event.topic(), this::writer).write(event.value());
  }

  @SuppressWarnings("unchecked") // The role decides the record's class, and events keep to it.
  private ResultWriter<SpecificRecord> writer(Topics topic) {
    return new ResultWriter<>(
        registry, TopicNames.of(settings, topic), (Class<SpecificRecord>) topic.recordType());
  }

  private void rethrow() throws Exception {
    Exception e = failure.get();
    if (e != null) {
      throw e;
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_WAIT);
    writers.values().forEach(ResultWriter::close);
  }
}
