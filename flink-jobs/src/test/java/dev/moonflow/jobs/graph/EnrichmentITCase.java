package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.SeenBefore;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about earlier events, and a topic of one's own, through broker, registry and Flink. */
class EnrichmentITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECORDS = 12;

  @TempDir Path folder;

  private static Settings settings(Services services, Path checkpoints) {
    return services
        .settings(checkpoints)
        .with("moonflow.question.seen.keep", "1h")
        .with("moonflow.question.seen.wait", "3s")
        .with("moonflow.enrich.topic", "claims")
        .with("moonflow.enrich.to", "claims-read")
        .with("moonflow.enrich.image-field", "scan.photo")
        .with("moonflow.enrich.prompt", "Claim {id} of {owner.name}: how many cars?")
        .with("moonflow.enrich.number", "integer 0..20")
        .with("moonflow.enrich.answer-field", "cars");
  }

  @Test
  void recordsAndQuestionsAreAnsweredOnceAlthoughATaskManagerIsLost() throws Exception {
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        Subscriber answers = new Subscriber(services, Topics.ANSWERS);
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      Publisher publisher = new Publisher(services);
      services.createTopics("claims", "claims-read");
      Subscriber enriched = new Subscriber(services, "claims-read");
      cluster.run(settings(services, folder.resolve("checkpoints")), true);
      String photo = Base64.getEncoder().encodeToString(Golden.image("a_37x61.png"));
      Map<String, String> published = new HashMap<>();
      for (int i = 0; i < RECORDS; i++) {
        String json =
            "{ \"n\": 1.00, \"id\": %d,\"owner\":{\"name\":\"Ada\"},\"scan\":{\"photo\":\"%s\"}}\n"
                .formatted(i, photo);
        publisher.raw("claims", "k" + i % 3, json.getBytes(UTF_8), "record-" + i);
        published.put(Integer.toString(i), json);
        if (i == RECORDS / 2) {
          cluster.loseTaskManager();
        }
      }
      publisher.raw("claims", "k0", "{\"id\":99}".getBytes(UTF_8), "no-owner");
      publisher.raw("claims", "k0", "{\"id\":".getBytes(UTF_8), "no-json");
      ask(publisher);

      enriched.await(RECORDS);
      answers.await(2);
      letters.await(4);
      letters.linger(Duration.ofSeconds(1));
      checkEnriched(enriched.records(), published);
      checkAnswers(Subscriber.decode(services, AnswerResult.class, answers.records()));
      checkLetters(letters.records());
      publisher.close();
      enriched.close();
    }
  }

  /** Two questions about an image, one before it, and two that cannot be answered. */
  private static void ask(Publisher publisher) throws Exception {
    GenerationOptions choices =
        GenerationOptions.newBuilder().setChoices(List.of("letter", "photo")).build();
    publisher.question("album", "early", about("picture"), choices);
    publisher.image("album", "picture", "caption", Golden.inline(Golden.image("a_37x61.png")));
    publisher.question("album", "late", about("picture"), choices);
    publisher.question("other", "unknown", about("picture"), choices);
    GenerationOptions impossible =
        GenerationOptions.newBuilder().setJsonSchema("{\"type\": \"tuple\"}").build();
    publisher.question("other", "impossible", words(), impossible);
  }

  private static List<Message> about(String id) {
    return List.of(
        new Message(
            "user",
            List.of(
                ContentPart.newBuilder().setSeen(new SeenBefore(id, null)).build(),
                ContentPart.newBuilder().setText("What is it?").build())));
  }

  private static List<Message> words() {
    return List.of(new Message("user", List.of(ContentPart.newBuilder().setText("Hello").build())));
  }

  private static void checkEnriched(List<RawRecord> records, Map<String, String> published)
      throws Exception {
    assertThat(records).hasSize(RECORDS);
    Map<String, Integer> last = new HashMap<>();
    for (RawRecord record : records) {
      String text = new String(record.value(), UTF_8);
      JsonNode node = JSON.readTree(text);
      assertThat(node.get("cars").isIntegralNumber()).as(text).isTrue();
      assertThat(node.get("cars").asInt()).isBetween(0, 20);
      assertThat(text.replaceFirst(",\"cars\":[0-9]+", ""))
          .isEqualTo(published.get(node.get("id").asText()));
      int id = node.get("id").asInt();
      String key = new String(record.key(), UTF_8);
      assertThat(key).isEqualTo("k" + id % 3);
      assertThat(last.getOrDefault(key, -1)).as("order of %s", key).isLessThan(id);
      last.put(key, id);
      assertThat(RecordHeader.last(record.headers(), "traceparent").orElseThrow().text())
          .isEqualTo("record-" + id);
      assertThat(RecordHeader.last(record.headers(), "moonflow.source.topic").orElseThrow().text())
          .isEqualTo("claims");
    }
  }

  private static void checkAnswers(List<AnswerResult> answers) {
    assertThat(answers).extracting(AnswerResult::getId).containsExactly("early", "late");
    assertThat(answers).extracting(AnswerResult::getSourceId).containsOnly("album");
    assertThat(answers).extracting(AnswerResult::getAnswer).isSubsetOf("letter", "photo");
    assertThat(answers.get(0).getAnswer()).isEqualTo(answers.get(1).getAnswer());
  }

  private static void checkLetters(List<RawRecord> letters) {
    Map<String, String> reasons = new HashMap<>();
    for (RawRecord letter : letters) {
      String event = RecordHeader.last(letter.headers(), "traceparent").orElseThrow().text();
      String reason =
          RecordHeader.last(letter.headers(), ErrorHeaders.MESSAGE).orElseThrow().text();
      assertThat(reasons.put(event, reason)).isNull();
    }
    assertThat(reasons).containsOnlyKeys("no-owner", "no-json", "unknown", "impossible");
    assertThat(reasons.get("no-owner")).startsWith("Field owner.name is missing");
    assertThat(reasons.get("no-json")).contains("is not JSON at byte");
    assertThat(reasons.get("unknown")).contains("\"picture\" of the source \"other\"");
    assertThat(reasons.get("impossible")).contains("\"tuple\", which is not understood");
  }
}
