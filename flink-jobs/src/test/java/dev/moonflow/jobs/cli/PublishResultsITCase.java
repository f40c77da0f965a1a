package dev.moonflow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.Generation;
import dev.moonflow.schemas.Provenance;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishResultsITCase {
  private static final Path SAMPLES = CommandRun.root().resolve("samples");

  @TempDir static Path folder;

  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    registry = EmbeddedRegistry.start();
    broker.createTopics(Arrays.stream(Topics.values()).map(Topics::defaultName).toList(), 2);
    SchemaRegistration.registerAll(
        RegistrySettings.of(registry.url()),
        Topics.avro().stream().collect(Collectors.toMap(Topics::defaultName, Topics::schema)));
    writeResults();
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @Test
  void aFolderOfSamplesBecomesEventsAndTheCountsSaySo() {
    CommandRun run = run("publish", SAMPLES.toString(), "--fps", "2", "--max-new-tokens", "5");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("Published 9 events: 2 images, 1 document, 6 frames; ")
        .contains("Skipped 1 file of other types, the first: ", "questions.json");
  }

  @Test
  void aQuestionIsPublished() {
    CommandRun run =
        run("publish", SAMPLES.resolve("receipt.png").toString(), "-q", "What is the total?");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Published 1 event: 1 question; ");
  }

  @Test
  void missingTopicsAreNamedWithARemedy() {
    CommandRun run =
        run("publish", SAMPLES.toString(), "--set", "moonflow.topic.frames=nobody.made.it");
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(run.err()).contains("Topic nobody.made.it does not exist", "--create-topics");
  }

  @Test
  void aRegistryThatIsNotThereIsOneSentence() {
    CommandRun run =
        CommandRun.of(
            folder,
            "publish",
            SAMPLES.resolve("receipt.png").toString(),
            "--bootstrap",
            broker.bootstrapServers(),
            "--registry",
            "http://127.0.0.1:1");
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
    assertThat(run.err()).contains("127.0.0.1:1").doesNotContain("\tat ");
  }

  @Test
  void theTableShowsCommittedResultsAndDeadLetters() {
    CommandRun run = run("results");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("answers +till-1 +answer +14.69, \\\\x1b\\[31mby card"))
        .anyMatch(line -> line.matches("dead +till-2 +event +decode-image: the image ends early"));
    assertThat(run.out()).doesNotContain("rolled back");
    assertThat(run.err()).isEqualTo("2 results\n");
  }

  @Test
  void jsonLinesHoldEveryFieldUnshortened() throws Exception {
    CommandRun run = run("results", "--json", "--topic", "answers,dead-letters");
    assertThat(run.code()).isZero();
    List<JsonNode> lines = run.out().lines().map(PublishResultsITCase::json).toList();
    assertThat(lines).hasSize(2);
    JsonNode answer =
        lines.stream().filter(l -> l.has("value")).findFirst().orElseThrow().get("value");
    assertThat(answer.get("answer").asText()).isEqualTo("14.69,\n\u001b[31mby card");
    assertThat(answer.get("generation").get("token_ids")).hasSize(3);
    assertThat(answer.get("thinking").isNull()).isTrue();
    assertThat(answer.get("event_time").asText()).isEqualTo("2026-11-22T14:05:00Z");
    JsonNode dead = lines.stream().filter(l -> l.has("bytes")).findFirst().orElseThrow();
    assertThat(dead.get("bytes").binaryValue()).isEqualTo("half a picture".getBytes(UTF_8));
    assertThat(dead.get("headers").get("__connect.errors.stage").asText())
        .isEqualTo("decode-image");
  }

  @Test
  void aTailEndsAfterSoManyOrWhenNothingComes() {
    assertThat(run("results", "--follow", "--max", "1").err()).isEqualTo("1 result\n");
    assertThat(run("results", "--until-idle", "1").err()).isEqualTo("2 results\n");
  }

  private static CommandRun run(String... args) {
    String[] where = {"--bootstrap", broker.bootstrapServers(), "--registry", registry.url()};
    return CommandRun.of(
        folder, Stream.of(args, where).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  /** One answer that is committed, one that is rolled back, and a dead letter. */
  private static void writeResults() throws Exception {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "results-of-a-job");
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        ResultWriter<AnswerResult> writer =
            new ResultWriter<>(
                RegistrySettings.of(registry.url()),
                Topics.ANSWERS.defaultName(),
                AnswerResult.class)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "till-1", writer.write(answer("14.69,\n\u001b[31mby card")));
      send(producer, deadLetter());
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, "till-1", writer.write(answer("rolled back")));
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String key, byte[] value)
      throws Exception {
    producer
        .send(new ProducerRecord<>(Topics.ANSWERS.defaultName(), key.getBytes(UTF_8), value))
        .get();
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, OutputRecord dead)
      throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(dead.topic(), dead.key(), dead.value());
    dead.headers().forEach(header -> record.headers().add(header.name(), header.value()));
    producer.send(record).get();
  }

  private static OutputRecord deadLetter() {
    RawRecord source =
        new RawRecord(
            Topics.IMAGES.defaultName(),
            1,
            42L,
            1_000L,
            "till-2".getBytes(UTF_8),
            "half a picture".getBytes(UTF_8),
            List.of());
    return DeadLetter.of(source, "decode-image", new IllegalStateException("the image ends early"))
        .toOutputRecord(Topics.DEAD_LETTERS.defaultName(), "job", 0);
  }

  private static AnswerResult answer(String text) {
    return AnswerResult.newBuilder()
        .setId("receipt-1")
        .setSourceId("till-1")
        .setEventTime(Instant.parse("2026-11-22T14:05:00Z"))
        .setAnswer(text)
        .setGeneration(new Generation(List.of(1, 2, 3), 10, "stop", null, null))
        .setProvenance(new Provenance("f", "moonflow.questions", 0, 7L, 1L))
        .build();
  }
}
