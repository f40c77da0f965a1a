package dev.moonflow.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The job against a broker in a container; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerBrokerITCase {
  @Container
  private static final KafkaContainer BROKER =
      new KafkaContainer("apache/kafka:4.2.0")
          .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
          .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");

  @TempDir Path checkpoints;

  @Test
  void everyGoldenQuestionIsAnsweredOnce() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.start();
    List<Golden.Chat> chats = Golden.chats();
    try (Services services = Services.at(BROKER.getBootstrapServers(), registry, registry.url());
        Publisher publisher = new Publisher(services);
        LocalCluster cluster = LocalCluster.start();
        Subscriber answers = new Subscriber(services, Topics.ANSWERS)) {
      cluster.run(services.settings(checkpoints).with("moonflow.job.parallelism", "1"), false);
      for (Golden.Chat chat : chats) {
        publisher.question("source", chat.name(), chat);
      }
      List<AnswerResult> results =
          Subscriber.decode(services, AnswerResult.class, answers.await(chats.size()));
      assertThat(results)
          .extracting(result -> result.getGeneration().getTokenIds())
          .containsExactlyElementsOf(chats.stream().map(Golden.Chat::greedyIds).toList());
    }
  }
}
