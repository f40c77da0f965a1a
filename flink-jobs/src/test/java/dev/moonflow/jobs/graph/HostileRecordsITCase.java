package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Provenance;
import dev.moonflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand hostile records among good ones, through broker and Flink. What is hostile is judged
 * outside Flink, record by record: a changed record can still be a good one.
 */
class HostileRecordsITCase {
  private static final int HOSTILE = Integer.getInteger("moonflow.hostile", 10_000);
  private static final int GOOD = 40;
  private static final int STILL_GOOD_MAX = 60;
  private static final long SEED = Long.getLong("moonflow.hostile.seed", 7);

  @TempDir Path folder;

  private final List<Sent> hostile = new ArrayList<>();
  private int stillGood;

  /** What went out, where it lies and at which stage it must fail. */
  private record Sent(
      ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> at, String stage) {}

  @Test
  void eachHostileRecordIsOneDeadLetterAndGoodOnesAreAsWithoutThem() throws Exception {
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        HostileEvents events = new HostileEvents(services);
        KafkaProducer<byte[], byte[]> producer = producer(services);
        Subscriber ocr = new Subscriber(services, Topics.OCR);
        Subscriber captions = new Subscriber(services, Topics.CAPTIONS);
        Subscriber answers = new Subscriber(services, Topics.ANSWERS);
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      Settings settings =
          services
              .settings(folder)
              .with("moonflow.job.parallelism", "1")
              .with("moonflow.limit.payload-bytes", "16kb")
              .with("moonflow.limit.document-pages", "3")
              .with("moonflow.generation.max-new-tokens-limit", "16")
              .with("moonflow.registry.retry-backoff", "20ms");
      cluster.run(settings, false);
      for (int i = 0; i < GOOD; i++) {
        send(producer, events.good("good-" + i, i), ("good-" + i).getBytes(UTF_8), List.of());
      }
      awaitResults(ocr, captions, answers, 1, 0);

      publishAmong(settings, events, producer);
      producer.flush();
      for (int some = 0; some < HOSTILE; some += 1_000) {
        letters.await(Math.min(HOSTILE, some + 1_000));
      }
      awaitResults(ocr, captions, answers, 2, stillGood);
      letters.linger(Duration.ofSeconds(1));

      assertThat(cluster.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(cluster.hasRestarted()).isFalse();
      checkLetters(letters.records());
      checkGood(services, ocr, captions, answers);
      System.out.printf(
          "hostile records: seed %d, %d dead letters, %d changed records that were still good%n",
          SEED, letters.records().size(), stillGood);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Services services) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", services.bootstrapServers(), "linger.ms", "20"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Sent send(
      KafkaProducer<byte[], byte[]> producer,
      HostileEvents.Event event,
      byte[] key,
      List<RecordHeader> headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(event.topic().defaultName(), key, event.value());
    headers.forEach(header -> record.headers().add(header.name(), header.value()));
    return new Sent(record, producer.send(record), null);
  }

  /** Each good event makes one result, a document of one page two. */
  private static void awaitResults(
      Subscriber ocr, Subscriber captions, Subscriber answers, int rounds, int more)
      throws Exception {
    int each = GOOD / 5 * rounds;
    ocr.await(3 * each);
    captions.await(2 * each);
    answers.await(each);
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (ocr.records().size() + captions.records().size() + answers.records().size()
            < 6 * each + more
        && System.nanoTime() < deadline) {
      ocr.linger(Duration.ofMillis(100));
      captions.linger(Duration.ofMillis(100));
      answers.linger(Duration.ofMillis(100));
    }
    assertThat(ocr.records().size() + captions.records().size() + answers.records().size())
        .isEqualTo(6 * each + more);
  }

  private void publishAmong(
      Settings settings, HostileEvents events, KafkaProducer<byte[], byte[]> producer)
      throws Exception {
    try (HostileJudge judge = new HostileJudge(settings)) {
      int good = 0;
      for (int i = 0; i < HOSTILE; i++) {
        if (i % (HOSTILE / GOOD) == 0 && good < GOOD) {
          send(
              producer,
              events.good("good-" + good, good),
              ("good-" + good).getBytes(UTF_8),
              List.of());
          good++;
        }
        SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
        String stage = null;
        while (stage == null) {
          HostileEvents.Event event = events.hostile("hostile-" + i, random);
          stage = judge.stageOf(event);
          byte[] key = HostileEvents.key("hostile-" + i, random);
          if (stage != null) {
            Sent sent = send(producer, event, key, headers(random));
            hostile.add(new Sent(sent.record(), sent.at(), stage));
          } else if (judge.oneResult() && stillGood < STILL_GOOD_MAX) {
            send(producer, event, key, List.of());
            stillGood++;
          }
        }
      }
      assertThat(good).isEqualTo(GOOD);
    }
  }

  private static List<RecordHeader> headers(SplittableRandom random) {
    List<RecordHeader> headers = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      String name =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "traceparent";
            case 2 ->
                new String(
                    HostileEvents.noise(random, 5), java.nio.charset.StandardCharsets.ISO_8859_1);
            default -> ErrorHeaders.STAGE; // as if it had been a dead letter before
          };
      byte[] value =
          random.nextInt(5) == 0 ? null : HostileEvents.noise(random, random.nextInt(60));
      headers.add(new RecordHeader(name, value));
    }
    return headers;
  }

  private void checkLetters(List<RawRecord> letters) throws Exception {
    assertThat(letters).hasSize(hostile.size()).hasSize(HOSTILE);
    Map<String, RawRecord> byPosition = new HashMap<>();
    for (RawRecord letter : letters) {
      String position =
          header(letter, ErrorHeaders.TOPIC)
              + header(letter, ErrorHeaders.PARTITION)
              + "@"
              + header(letter, ErrorHeaders.OFFSET);
      assertThat(byPosition.put(position, letter)).as(position).isNull();
    }
    for (Sent sent : hostile) {
      RecordMetadata at = sent.at().get();
      String position = at.topic() + at.partition() + "@" + at.offset();
      RawRecord letter = byPosition.get(position);
      assertThat(letter).as(position).isNotNull();
      assertThat(letter.key()).as("key of " + position).isEqualTo(sent.record().key());
      assertThat(letter.value()).as("value of " + position).isEqualTo(sent.record().value());
      List<RecordHeader> original = new ArrayList<>();
      sent.record().headers().forEach(h -> original.add(new RecordHeader(h.key(), h.value())));
      assertThat(letter.headers().subList(0, original.size())).as(position).isEqualTo(original);
      assertThat(header(letter, ErrorHeaders.STAGE)).as(position).isEqualTo(sent.stage());
      String reason = header(letter, ErrorHeaders.MESSAGE);
      assertThat(reason).as(position).isNotBlank().doesNotContain("\n");
    }
  }

  private static String header(RawRecord record, String name) {
    return RecordHeader.last(record.headers(), name).map(RecordHeader::text).orElse("");
  }

  /** What the good events came to, with the hostile ones and without, but for where they lie. */
  private static void checkGood(
      Services services, Subscriber ocr, Subscriber captions, Subscriber answers) throws Exception {
    Map<String, List<String>> all = new TreeMap<>();
    for (OcrResult r : Subscriber.decode(services, OcrResult.class, ocr.records())) {
      place(r.getProvenance());
      all.computeIfAbsent(r.getId() + r.getScope(), k -> new ArrayList<>())
          .add(bytes(r.toByteBuffer()));
    }
    for (CaptionResult r : Subscriber.decode(services, CaptionResult.class, captions.records())) {
      place(r.getProvenance());
      all.computeIfAbsent(r.getId(), k -> new ArrayList<>()).add(bytes(r.toByteBuffer()));
    }
    for (AnswerResult r : Subscriber.decode(services, AnswerResult.class, answers.records())) {
      place(r.getProvenance());
      all.computeIfAbsent(r.getId(), k -> new ArrayList<>()).add(bytes(r.toByteBuffer()));
    }
    all.keySet().removeIf(id -> !id.startsWith("good-"));
    assertThat(all).hasSize(GOOD / 5 * 6);
    all.forEach(
        (id, twice) -> {
          assertThat(twice).as(id).hasSize(2);
          assertThat(twice.get(1)).as(id).isEqualTo(twice.get(0));
        });
  }

  private static String bytes(ByteBuffer encoded) {
    return HexFormat.of().formatHex(encoded.array(), encoded.position(), encoded.limit());
  }

  private static void place(Provenance provenance) {
    provenance.setSourceOffset(0);
  }
}
