package dev.moonflow.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are made again from their events. */
class ReplayITCase {
  @TempDir Path checkpoints;

  @Test
  void aResultIsMadeAgainFromItsProvenance() throws Exception {
    List<Golden.Chat> chats = Golden.chats().subList(0, 3);
    try (Services services = Services.embedded();
        Publisher publisher = new Publisher(services);
        Subscriber answers = new Subscriber(services, Topics.ANSWERS)) {
      Settings settings = services.settings(checkpoints);
      List<RawRecord> records;
      try (LocalCluster cluster = LocalCluster.start()) {
        cluster.run(settings, true);
        for (int i = 0; i < chats.size(); i++) {
          publisher.question("source", "q" + i, chats.get(i));
        }
        records = answers.await(chats.size());
      }
      RawRecord last = records.get(records.size() - 1);
      RecordPosition position = new RecordPosition(last.topic(), last.partition(), last.offset());
      Replay.Verdict same = Replay.of(settings, position);
      assertThat(same.sentence()).startsWith("The bytes agree");
      assertThat(same.agrees()).isTrue();
      assertThat(same.madeAgainBy()).isEqualTo(same.madeBy());

      // Golden questions ask for more tokens than these settings allow.
      Replay.Verdict other =
          Replay.of(
              settings
                  .with("moonflow.generation.max-new-tokens", "2")
                  .with("moonflow.generation.max-new-tokens-limit", "2"),
              position);
      assertThat(other.agrees()).isFalse();
      assertThat(other.sentence()).startsWith("The event went to the dead letters");

      RecordPosition beyond = new RecordPosition(last.topic(), last.partition(), 1_000_000);
      assertThatThrownBy(() -> Replay.of(settings, beyond))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("There is no record at " + beyond);
    }
  }

  @Test
  void aPositionHasOneForm() {
    assertThat(RecordPosition.parse("moonflow.answers@3:17"))
        .isEqualTo(new RecordPosition("moonflow.answers", 3, 17));
    for (String wrong : List.of("answers", "a@b:c", "a@1", "@1:2", "a@1:99999999999999999999")) {
      assertThatThrownBy(() -> RecordPosition.parse(wrong))
          .hasMessageContaining("A position is TOPIC@PARTITION:OFFSET");
    }
  }
}
