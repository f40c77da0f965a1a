package dev.moonflow.jobs.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RawRecords;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.PrintableText;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An enrichment tried out on some JSON records: the job itself with broker, registry and Flink in
 * this process, the records published, and what became of each.
 */
public final class EnrichmentTrial {
  private static final Duration SILENCE_MAX = Duration.ofMinutes(3);

  private final Console console;
  private final DemoModel model;
  private final DeviceChoice device;
  private final Settings enrichment;

  /** A trial of settings under {@code moonflow.enrich.} and any others. */
  public EnrichmentTrial(
      Console console, DemoModel model, DeviceChoice device, Settings enrichment) {
    this.console = console;
    this.model = model;
    this.device = device;
    this.enrichment = enrichment;
  }

  /**
   * Runs it; enriched records are written in the order of the records, and why others are not.
   *
   * @return how many records were not enriched
   */
  public int run(List<byte[]> records) throws Exception {
    try (Lifetime lifetime = new Lifetime()) {
      DemoServers servers = DemoServers.start(model, device, enrichment, lifetime, console);
      if (model.random()) {
        console.note("This checkpoint is random: its answers are noise that keeps to the form.");
      }
      console.note("");
      publish(servers.settings(), records);
      TreeMap<Long, RawRecord> results = await(servers, records.size());
      servers.stopJob();
      return show(results);
    }
  }

  /** All to one partition: the offset of a record is its place in the file. */
  private static void publish(Settings settings, List<byte[]> records) throws Exception {
    String topic = settings.get(EnrichOptions.TOPIC);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", settings.get(KafkaOptions.BOOTSTRAP_SERVERS)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] record : records) {
        producer.send(new ProducerRecord<>(topic, 0, null, record)).get();
      }
    }
  }

  /** What became of each record, by its offset. */
  private TreeMap<Long, RawRecord> await(DemoServers servers, int count) throws Exception {
    Settings settings = servers.settings();
    TreeMap<Long, RawRecord> results = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", settings.get(KafkaOptions.BOOTSTRAP_SERVERS),
                "group.id", "moonflow-trial",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(
          List.of(settings.get(EnrichOptions.TO), settings.get(KafkaOptions.TOPIC_DEAD_LETTERS)));
      long last = System.nanoTime();
      while (results.size() < count && System.nanoTime() - last < SILENCE_MAX.toNanos()) {
        if (Lifetime.stopping()) {
          throw new IllegalStateException("the process was told to stop");
        }
        servers.watch().look();
        for (var kafkaRecord : consumer.poll(Duration.ofMillis(200))) {
          RawRecord record = RawRecords.of(kafkaRecord);
          results.put(Long.parseLong(origin(record)), record);
          servers.watch().progress();
          last = System.nanoTime();
        }
      }
    }
    if (results.size() < count) {
      throw new IllegalStateException(
          "only " + results.size() + " of " + count + " records came to a result");
    }
    return results;
  }

  private static String origin(RawRecord record) {
    return header(record, isLetter(record) ? ErrorHeaders.OFFSET : ProvenanceHeaders.SOURCE_OFFSET);
  }

  private static boolean isLetter(RawRecord record) {
    return RecordHeader.last(record.headers(), ErrorHeaders.STAGE).isPresent();
  }

  private static String header(RawRecord record, String name) {
    return RecordHeader.last(record.headers(), name).map(RecordHeader::text).orElse("");
  }

  private int show(TreeMap<Long, RawRecord> results) {
    int failed = 0;
    for (Map.Entry<Long, RawRecord> each : results.entrySet()) {
      RawRecord record = each.getValue();
      if (isLetter(record)) {
        failed++;
        String line = "record " + (each.getKey() + 1) + ", ";
        String stage = header(record, ErrorHeaders.STAGE);
        String reason = PrintableText.oneLine(header(record, ErrorHeaders.MESSAGE));
        console.note(line + stage + ": " + reason);
      } else {
        console.line(PrintableText.oneLine(new String(record.value(), UTF_8)));
      }
    }
    console.note("");
    int enriched = results.size() - failed;
    console.note(
        Quantities.count(enriched, "record")
            + " enriched, "
            + Quantities.count(failed, "dead letter")
            + ".");
    return failed;
  }
}
