package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.claimcheck.ClaimCheckWriter;
import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that people send by mistake or on purpose, between good events. */
class BadInputITCase {
  /** Three pages that can be rendered, and the document. */
  private static final int DOCUMENT_RECORDS = 4;

  @TempDir Path folder;

  /** What a dead letter must say. */
  private record Bad(RecordMetadata position, String stage, String reason) {}

  private final Map<String, Bad> bad = new LinkedHashMap<>();
  private Publisher publisher;

  @Test
  void eachBadEventIsOneDeadLetterAndItsNeighboursAreAsWithoutIt() throws Exception {
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        Subscriber ocr = new Subscriber(services, Topics.OCR);
        Subscriber captions = new Subscriber(services, Topics.CAPTIONS);
        Subscriber answers = new Subscriber(services, Topics.ANSWERS);
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      publisher = new Publisher(services);
      cluster.run(
          services
              .settings(folder.resolve("checkpoints"))
              .with("moonflow.job.parallelism", "1")
              .with("moonflow.claim-check.allowed-prefixes", folder.toUri().toString()),
          false);

      publishGood("alone", false);
      ocr.await(1 + DOCUMENT_RECORDS);
      captions.await(2);
      answers.await(1);

      publishGood("among", true);
      ocr.await(2 * (1 + DOCUMENT_RECORDS));
      captions.await(4);
      answers.await(2);
      letters.await(bad.size() + 2);
      letters.linger(Duration.ofSeconds(1));
      publisher.close();

      assertThat(cluster.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(cluster.hasRestarted()).isFalse();
      assertThat(ofSource("among", services, ocr, captions, answers))
          .isEqualTo(ofSource("alone", services, ocr, captions, answers))
          .hasSize(4 + DOCUMENT_RECORDS);
      checkLetters(letters.records());
    }
  }

  /** Good events of one source, with a bad one before and behind each where asked. */
  private void publishGood(String source, boolean amongBad) throws Exception {
    byte[] picture = Golden.image("a_37x61.png");
    if (amongBad) {
      badRecords(source);
    }
    publisher.image(source, "read", "ocr", Golden.inline(picture));
    if (amongBad) {
      badImages(source, picture);
    }
    publisher.image(source, "describe", "caption", claimed(Golden.image("b_200x100.png")));
    if (amongBad) {
      badPayloads(source, picture);
    }
    publisher.frame(source, "frame", 3, Golden.inline(Golden.image("v_frame0.png")));
    // The middle page would have more pixels than an image may.
    publisher.document(source, "scan", Golden.inline(BadFiles.pdf(100, 16_000, 80, 60)));
    if (amongBad) {
      bad(
          "encrypted-pdf",
          publisher.document(source, "encrypted-pdf", Golden.inline(BadFiles.encryptedPdf())),
          "ingest.check-media",
          "password");
    }
    publisher.question(source, "ask", Golden.chats().get(0));
  }

  private void badRecords(String source) throws Exception {
    byte[] wrongId = {0, 0, 99, 99, 99, 1, 2, 3};
    bad("zero", raw(source, "zero", new byte[0]), "ingest.decode-record", "empty");
    bad("wrong-id", raw(source, "wrong-id", wrongId), "ingest.decode-record", "schema");
    byte[] text = "Dear Sir or Madam".getBytes(UTF_8);
    bad("text", raw(source, "text", text), "ingest.decode-record", "not Avro");
  }

  private void badImages(String source, byte[] picture) throws Exception {
    byte[] cut = BadFiles.truncatedJpeg(Golden.image("c_640x480.png"));
    bad("cut", image(source, "cut", Golden.inline(cut)), "perceive.decode", "truncated");
    byte[] huge = BadFiles.pngClaiming(picture, 60_000, 60_000);
    bad("huge", image(source, "huge", Golden.inline(huge)), "ingest.check-media", "60000 x 60000");
    Payload words = Golden.inline("just words".getBytes(UTF_8));
    bad("words", image(source, "words", words), "ingest.check-media", "neither JPEG");
    Payload nothing = Golden.inline(new byte[0]);
    bad("nothing", image(source, "nothing", nothing), "ingest.fetch-payload", "0 bytes");
    bad(
        "task",
        publisher.image(source, "task", "translate", Golden.inline(picture)),
        "ingest.check-event",
        "Field task must be ocr or caption, got \"translate\".");
  }

  private void badPayloads(String source, byte[] picture) throws Exception {
    ClaimCheck good = claimed(picture).getClaimCheck();
    ClaimCheck missing = ClaimCheck.newBuilder(good).setUri(good.getUri() + "-gone").build();
    bad("gone", image(source, "gone", check(missing)), "ingest.fetch-payload", "nothing lies");
    ClaimCheck other = ClaimCheck.newBuilder(good).setSha256("0".repeat(64)).build();
    bad("hash", image(source, "hash", check(other)), "ingest.fetch-payload", "SHA-256");
    ClaimCheck away = ClaimCheck.newBuilder(good).setUri("file:///etc/passwd").build();
    bad("away", image(source, "away", check(away)), "ingest.fetch-payload", "outside");
  }

  private RecordMetadata raw(String source, String id, byte[] value) throws Exception {
    return publisher.raw(Topics.IMAGES, source, value, id);
  }

  private RecordMetadata image(String source, String id, Payload payload) throws Exception {
    return publisher.image(source, id, "ocr", payload);
  }

  private void bad(String id, RecordMetadata position, String stage, String reason) {
    bad.put(id, new Bad(position, stage, reason));
  }

  private Payload claimed(byte[] bytes) throws Exception {
    Path objects = Files.createDirectories(folder.resolve("objects"));
    return check(new ClaimCheckWriter(objects.toUri(), 0).write(bytes));
  }

  private static Payload check(ClaimCheck check) {
    return Payload.newBuilder().setClaimCheck(check).build();
  }

  /** What a source's results say, without where they came from. */
  private static Map<String, Object> ofSource(
      String source, Services services, Subscriber ocr, Subscriber captions, Subscriber answers)
      throws Exception {
    Map<String, Object> all = new TreeMap<>();
    for (OcrResult r : Subscriber.decode(services, OcrResult.class, ocr.records())) {
      if (r.getSourceId().equals(source)) {
        List<Object> said =
            List.of(r.getText(), r.getFailedPages(), String.valueOf(r.getGeneration()));
        assertThat(all.put(r.getId() + r.getScope() + r.getPage(), said)).isNull();
      }
    }
    for (CaptionResult r : Subscriber.decode(services, CaptionResult.class, captions.records())) {
      if (r.getSourceId().equals(source)) {
        assertThat(all.put(r.getId(), r.getCaption() + r.getFrameIndex() + r.getGeneration()))
            .isNull();
      }
    }
    for (AnswerResult r : Subscriber.decode(services, AnswerResult.class, answers.records())) {
      if (r.getSourceId().equals(source)) {
        assertThat(r.getGeneration().getTokenIds()).isEqualTo(Golden.chats().get(0).greedyIds());
        assertThat(all.put(r.getId(), r.getAnswer() + r.getGeneration())).isNull();
      }
    }
    return all;
  }

  private void checkLetters(List<RawRecord> letters) {
    Map<String, RawRecord> byEvent = new HashMap<>();
    for (RawRecord letter : letters) {
      String event = header(letter, "traceparent");
      if (event.equals("scan")) {
        assertThat(header(letter, ErrorHeaders.PAGE)).isEqualTo("2");
        assertThat(header(letter, ErrorHeaders.STAGE)).isEqualTo("ingest.render-page");
        continue;
      }
      assertThat(byEvent.put(event, letter)).as(event).isNull();
    }
    assertThat(letters).hasSize(bad.size() + 2);
    assertThat(byEvent).containsOnlyKeys(bad.keySet());
    byEvent.forEach((event, letter) -> checkLetter(letter, event, bad.get(event)));
  }

  private void checkLetter(RawRecord letter, String event, Bad expected) {
    String reason = header(letter, ErrorHeaders.MESSAGE);
    assertThat(header(letter, ErrorHeaders.STAGE)).as(event).isEqualTo(expected.stage());
    assertThat(reason).as(event).isNotBlank().containsIgnoringCase(expected.reason());
    assertThat(header(letter, ErrorHeaders.TOPIC)).isEqualTo(expected.position().topic());
    assertThat(header(letter, ErrorHeaders.OFFSET))
        .isEqualTo(Long.toString(expected.position().offset()));
    assertThat(letter.value()).as(event).isEqualTo(publisher.published(event));
    assertThat(new String(letter.key(), UTF_8)).isEqualTo("among");
  }

  private static String header(RawRecord record, String name) {
    return RecordHeader.last(record.headers(), name).map(RecordHeader::text).orElse("");
  }
}
