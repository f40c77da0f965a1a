package dev.moonflow.jobs.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes the events of a run in order, on a thread of its own, as far as it is told. Outages of
 * the broker are waited for.
 */
final class EventFeed implements AutoCloseable {
  private static final String PATIENCE_MS = Integer.toString(20 * 60 * 1_000);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final ChaosEvents events;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Topics, ResultWriter<SpecificRecord>> writers = new EnumMap<>(Topics.class);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::publish, "chaos-feed");
  private int released;
  private boolean ending;

  /** A feed; the ids of schemas are looked up now, while there is no fault. */
  EventFeed(String bootstrap, RegistrySettings registry, ChaosEvents events)
      throws RegistryUnavailableException {
    this.events = events;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "linger.ms",
                "5",
                "max.block.ms",
                PATIENCE_MS,
                "delivery.timeout.ms",
                PATIENCE_MS),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (int index = 0; writers.size() < 3; index++) {
      ChaosEvent event = events.event(index);
      writers.computeIfAbsent(event.topic(), topic -> writer(topic, registry));
      writers.get(event.topic()).write(event.value());
    }
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("unchecked") // The topic decides the record's class, and events keep to it.
  private static ResultWriter<SpecificRecord> writer(Topics topic, RegistrySettings registry) {
    return new ResultWriter<>(
        registry, topic.defaultName(), (Class<SpecificRecord>) topic.recordType());
  }

  /** Lets all events before this index go. */
  synchronized void release(int index) {
    released = Math.max(released, index);
    notifyAll();
  }

  private synchronized boolean mayPublish(int index) throws InterruptedException {
    while (index >= released && !ending) {
      wait();
    }
    return !ending;
  }

  private void publish() {
    try {
      for (int index = 0; mayPublish(index); index++) {
        send(events.event(index));
      }
    } catch (Exception e) {
      failure.compareAndSet(null, e);
    }
  }

  private void send(ChaosEvent event) throws RegistryUnavailableException {
    byte[] value = event.damage().of(writers.get(event.topic()).write(event.value()));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(event.topic().defaultName(), event.key().getBytes(UTF_8), value);
    record.headers().add("traceparent", event.trace().getBytes(UTF_8));
    record.headers().add(ChaosEvent.INDEX_HEADER, Integer.toString(event.index()).getBytes(UTF_8));
    // The callback hears of every failure; nobody needs the future.
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Throws what ended the publishing before its time. */
  void check() throws Exception {
    Exception e = failure.get();
    if (e != null) {
      throw new IllegalStateException("Events cannot be published: " + e, e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      ending = true;
      notifyAll();
    }
    producer.close(CLOSE_WITHIN);
    List.copyOf(writers.values()).forEach(ResultWriter::close);
  }
}
