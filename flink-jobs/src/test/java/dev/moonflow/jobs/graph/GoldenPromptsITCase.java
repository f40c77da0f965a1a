package dev.moonflow.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden conversations through Kafka, with a TaskManager lost in the middle. */
class GoldenPromptsITCase {
  private static final int ROUNDS = 8;

  @TempDir Path checkpoints;

  private final Map<String, Golden.Chat> asked = new HashMap<>();
  private final Map<String, RecordMetadata> positions = new HashMap<>();
  private final Map<String, List<String>> idsBySource = new HashMap<>();

  @Test
  void everyQuestionIsAnsweredOnceWithTheGoldenIdsThoughATaskManagerIsLost() throws Exception {
    List<Golden.Chat> chats = Golden.chats();
    int total = ROUNDS * chats.size();
    try (Services services = Services.embedded();
        Publisher publisher = new Publisher(services);
        LocalCluster cluster = LocalCluster.start();
        Subscriber answers = new Subscriber(services, Topics.ANSWERS)) {
      // Few at once, so that there is much left to do when the TaskManager goes.
      cluster.run(
          services
              .settings(checkpoints)
              .with("moonflow.job.parallelism", "2")
              .with("moonflow.engine.requests-running", "4"),
          true);
      publish(publisher, chats);
      answers.await(1);
      cluster.loseTaskManager();

      answers.await(total);
      List<RawRecord> records = answers.linger(Duration.ofSeconds(1));
      assertThat(records).hasSize(total);
      assertThat(cluster.hasRestarted()).isTrue();
      check(records, Subscriber.decode(services, AnswerResult.class, records));
    }
  }

  private void publish(Publisher publisher, List<Golden.Chat> chats) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < chats.size(); i++) {
        String source = "source-" + (round + i) % 5;
        String id = round + "-" + chats.get(i).name();
        positions.put(id, publisher.question(source, id, chats.get(i)));
        asked.put(id, chats.get(i));
        idsBySource.computeIfAbsent(source, s -> new ArrayList<>()).add(id);
      }
    }
  }

  private void check(List<RawRecord> records, List<AnswerResult> results) {
    Map<String, List<String>> answeredBySource = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      AnswerResult result = results.get(i);
      Golden.Chat chat = asked.get(result.getId());
      RecordMetadata position = positions.get(result.getId());
      assertThat(result.getGeneration().getTokenIds()).as(chat.name()).isEqualTo(chat.greedyIds());
      assertThat(result.getGeneration().getPromptTokens()).isEqualTo(chat.promptTokens());
      assertThat(result.getGeneration().getFinishReason()).isEqualTo("length");
      assertThat(result.getAttributes()).containsEntry("case", chat.name());
      assertThat(result.getProvenance().getSourceTopic()).isEqualTo(position.topic());
      assertThat(result.getProvenance().getSourcePartition()).isEqualTo(position.partition());
      assertThat(result.getProvenance().getSourceOffset()).isEqualTo(position.offset());
      List<RecordHeader> headers = records.get(i).headers();
      assertThat(headers).contains(RecordHeader.of("traceparent", result.getId()));
      assertThat(headers)
          .contains(
              RecordHeader.of(ProvenanceHeaders.SOURCE_OFFSET, Long.toString(position.offset())));
      answeredBySource
          .computeIfAbsent(result.getSourceId(), s -> new ArrayList<>())
          .add(result.getId());
    }
    // A source's answers come in the order of its questions; this also finds what came twice.
    assertThat(answeredBySource).isEqualTo(idsBySource);
  }
}
