package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.SeenBefore;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are made again, by whoever knows brokers, registry and model and nothing else. */
class ReplayITCase {
  private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PHOTO = "a_37x61.png";

  @TempDir Path folder;

  /** Settings of the job that differ from every default that shapes results. */
  private static Settings ofTheJob(Services services, Path checkpoints) {
    return services
        .settings(checkpoints)
        .with("moonflow.job.parallelism", "1")
        .with("moonflow.generation.max-new-tokens", "5")
        .with("moonflow.generation.temperature", "0.7")
        .with("moonflow.prompt.ocr", "Read this.")
        .with("moonflow.prompt.line", "Read the line.")
        .with("moonflow.document.regions", "lines")
        .with("moonflow.document.line-height", "20")
        .with("moonflow.question.seen.keep", "1h")
        .with("moonflow.video.window", "4s")
        .with("moonflow.video.lateness", "1s")
        .with("moonflow.enrich.topic", "claims")
        .with("moonflow.enrich.to", "claims-read")
        .with("moonflow.enrich.prompt", "Claim {id}: how many?")
        .with("moonflow.enrich.number", "integer 0..20");
  }

  private static Settings atHand(Services services, Path model) {
    Settings all = services.settings(Path.of("unused"));
    return Settings.of(
        Map.of(
            "moonflow.kafka.bootstrap-servers", services.bootstrapServers(),
            "moonflow.registry.url", services.registrySettings().url(),
            "moonflow.device", all.asMap().get("moonflow.device"),
            "moonflow.model.path", model.toString()));
  }

  @Test
  void everyKindOfResultIsMadeAgainFromItsHeadersAlone() throws Exception {
    try (Services services = Services.embedded();
        Publisher publisher = new Publisher(services);
        Subscriber ocr = new Subscriber(services, Topics.OCR);
        Subscriber captions = new Subscriber(services, Topics.CAPTIONS);
        Subscriber answers = new Subscriber(services, Topics.ANSWERS)) {
      services.createTopics("claims", "claims-read");
      Subscriber enriched = new Subscriber(services, "claims-read");
      try (LocalCluster cluster = LocalCluster.start()) {
        cluster.run(ofTheJob(services, folder.resolve("checkpoints")), false);
        publish(publisher);
        ocr.await(3);
        captions.await(3);
        answers.await(1);
        enriched.await(1);
      }
      Settings here = atHand(services, Golden.path("checkpoint"));
      for (RawRecord result : ocr.records()) { // an image, a page of lines, its document
        assertAgrees(here, result, false);
      }
      RawRecord caption = captions.records().get(0);
      for (RawRecord result : captions.records()) { // an image's, and two windows of a video
        boolean first = header(result, "moonflow.source.offset").equals("0");
        boolean window = header(result, "moonflow.source.topic").equals("moonflow.frames");
        assertAgrees(here, result, window && !first);
        caption = window ? caption : result;
      }
      assertAgrees(here, answers.records().get(0), true); // it names an image of another event
      assertAgrees(here, enriched.records().get(0), false);
      refusals(here, caption);
      anotherModel(services, caption);
      enriched.close();
    }
  }

  private static void publish(Publisher publisher) throws Exception {
    Payload photo = Golden.inline(Golden.image(PHOTO));
    publisher.image("album", "read", "ocr", photo);
    publisher.image("album", "picture", "caption", photo);
    publisher.document("desk", "page", Golden.inline(Golden.image("b_200x100.png")));
    for (int second : new int[] {0, 1, 2, 5, 6, 20}) {
      String picture = second % 2 == 0 ? "v_frame0.png" : "e_28x28.png";
      publisher.frame(
          "gate",
          "gate-" + second,
          second,
          ZERO.plusSeconds(second),
          Golden.inline(Golden.image(picture)));
    }
    List<Message> about =
        List.of(
            new Message(
                "user",
                List.of(
                    ContentPart.newBuilder().setSeen(new SeenBefore("picture", null)).build(),
                    ContentPart.newBuilder().setText("What is it?").build())));
    publisher.question("album", "what", about, Publisher.greedy16());
    publisher.raw("claims", "k", "{\"id\": 7}".getBytes(UTF_8), "claim");
  }

  private static RecordPosition position(RawRecord result) {
    return new RecordPosition(result.topic(), result.partition(), result.offset());
  }

  private static String header(RawRecord record, String name) {
    return RecordHeader.last(record.headers(), name).orElseThrow().text();
  }

  private static void assertAgrees(Settings here, RawRecord result, boolean ofSeveral)
      throws Exception {
    Replay.Verdict verdict = Replay.of(here, position(result));
    assertThat(verdict.sentence()).as(verdict.toString()).startsWith("The bytes agree");
    assertThat(verdict.agrees()).isTrue();
    assertThat(verdict.madeAgainBy()).isEqualTo(verdict.madeBy());
    assertThat(verdict.source().contains("more of its key"))
        .as(verdict.source())
        .isEqualTo(ofSeveral);
  }

  private static void refusals(Settings here, RawRecord result) {
    RecordPosition beyond = new RecordPosition(result.topic(), result.partition(), 1_000_000);
    assertThatThrownBy(() -> Replay.of(here, beyond))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("There is no record at " + beyond);
    RecordPosition event = new RecordPosition("moonflow.frames", 0, 0);
    RecordPosition other = new RecordPosition("moonflow.frames", 1, 0);
    assertThatThrownBy(
            () -> {
              Replay.of(here, event);
              Replay.of(here, other);
            })
        .isInstanceOf(ReplayException.class);
    assertThatThrownBy(() -> new ReplaySources(here).of(new RecordPosition("hall.mp4", 0, 5)))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("comes from hall.mp4, which the job read itself");
  }

  private void anotherModel(Services services, RawRecord result) throws Exception {
    Path model = folder.resolve("another");
    SyntheticCheckpoint.write(model, SyntheticSpec.small(3));
    Replay.Verdict verdict = Replay.of(atHand(services, model), position(result));
    assertThat(verdict.agrees()).isFalse();
    assertThat(verdict.sentence())
        .startsWith("The bytes differ from byte ")
        .contains(
            "The model is another one: the result was made by "
                + verdict.madeBy()
                + ", and "
                + verdict.madeAgainBy()
                + " is at hand.");
    assertThat(verdict.madeAgainBy()).isNotEqualTo(verdict.madeBy());
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
