package dev.moonflow.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.registry.ApicurioProcess;
import dev.moonflow.jobs.chaos.StandaloneFlink;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: Apicurio, a JobManager, TaskManagers, and Flink's command line. */
class StandaloneClusterITCase {
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @Test
  void resultsAreExactlyOnceThoughATaskManagerIsKilled() throws Exception {
    ApicurioProcess registry = ApicurioProcess.start();
    try (Services services = Services.with(registry, registry.url());
        Publisher publisher = new Publisher(services);
        StandaloneFlink flink = StandaloneFlink.start(folder);
        Subscriber captions = new Subscriber(services, Topics.CAPTIONS);
        Subscriber answers = new Subscriber(services, Topics.ANSWERS)) {
      flink.run(MoonflowJobMain.class.getName(), settingsFile(services));

      Map<String, List<Integer>> expected = publish(publisher);
      answers.await(1);
      flink.killTaskManager();
      flink.startTaskManager();
      flink.awaitRunning();
      publisher.image("camera", "picture", "caption", Golden.inline(Golden.image("a_37x61.png")));

      answers.await(expected.size());
      captions.await(1);
      List<RawRecord> all = answers.linger(Duration.ofSeconds(1));
      assertThat(all).hasSize(expected.size());
      assertThat(idsByEvent(Subscriber.decode(services, AnswerResult.class, all)))
          .isEqualTo(expected);
      List<CaptionResult> captioned =
          Subscriber.decode(services, CaptionResult.class, captions.records());
      assertThat(captioned).extracting(CaptionResult::getId).containsExactly("picture");
      assertThat(captioned.get(0).getGeneration().getTokenIds()).hasSize(16);
    }
  }

  private Path settingsFile(Services services) throws Exception {
    Settings settings =
        services
            .settings(folder.resolve("checkpoints"))
            .with("moonflow.job.parallelism", "1")
            .with("moonflow.engine.requests-running", "2");
    String yaml =
        settings.asMap().entrySet().stream()
            .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
            .sorted()
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("moonflow.yaml"), yaml);
  }

  private static Map<String, List<Integer>> publish(Publisher publisher) throws Exception {
    Map<String, List<Integer>> expected = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Golden.Chat chat : Golden.chats()) {
        String id = round + "-" + chat.name();
        publisher.question("source-" + round % 2, id, chat);
        expected.put(id, chat.greedyIds());
      }
    }
    return expected;
  }

  private static Map<String, List<Integer>> idsByEvent(List<AnswerResult> answers) {
    Map<String, List<Integer>> ids = new HashMap<>();
    for (AnswerResult answer : answers) {
      assertThat(ids.put(answer.getId(), answer.getGeneration().getTokenIds())).isNull();
    }
    return ids;
  }
}
