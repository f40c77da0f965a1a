package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.cli.CommandRun;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos through Kafka, captioned by windows, over the loss of a TaskManager. */
class VideoITCase {
  private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");
  private static final int FRAMES = 20;
  private static final int LOST_BEHIND = 11;
  private static final int CORRUPT = 6;
  private static final int WINDOWS = 5;

  @TempDir Path folder;

  @Test
  void eachWindowHasOneCaptionAndACorruptFrameLeavesItsNeighboursAlone() throws Exception {
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        Publisher publisher = new Publisher(services);
        Subscriber captions = new Subscriber(services, Topics.CAPTIONS);
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      cluster.run(
          services
              .settings(folder)
              .with("moonflow.video.window", "4s")
              .with("moonflow.video.lateness", "1s")
              .with("moonflow.video.idle", "5min"),
          true);
      for (int second = 0; second < LOST_BEHIND; second++) {
        publishSecond(publisher, second);
      }
      captions.await(2);
      cluster.loseTaskManager();
      for (int second = LOST_BEHIND; second < FRAMES; second++) {
        publishSecond(publisher, second);
      }
      for (String stream : List.of("gate", "twin")) {
        publisher.frame(stream, stream + "-0", 0, ZERO, Golden.inline(picture(0)));
        publisher.frame(stream, stream + "-end", 60, ZERO.plusSeconds(60), inlineLevel(99));
      }
      publisher.frame("gate", "late", 1, ZERO.plusSeconds(1), inlineLevel(200));

      captions.await(2 * WINDOWS);
      letters.await(2);
      captions.linger(Duration.ofSeconds(2));
      assertThat(cluster.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(cluster.hasRestarted()).isTrue();
      check(Subscriber.decode(services, CaptionResult.class, captions.records()));
      checkLetters(letters.linger(Duration.ofMillis(500)));
      checkVtt(services);
    }
  }

  @Test
  void filesThatTheJobReadsItselfAreCaptionedToTheirEndsAndBadOnesAreDeadLetters()
      throws Exception {
    Path ball = CommandRun.root().resolve("samples").resolve("ball.mp4");
    Path whole = Files.copy(ball, folder.resolve("ball.mp4"));
    Path cut = CutVideo.write(folder.resolve("cut.mkv"));
    Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video at all");
    Path none = folder.resolve("none.mp4");
    for (Path file : List.of(whole, cut)) {
      Files.setLastModifiedTime(file, FileTime.from(ZERO.plusMillis(500)));
    }
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        Subscriber captions = new Subscriber(services, Topics.CAPTIONS);
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      cluster.run(
          services
              .settings(folder.resolve("checkpoints"))
              .with("moonflow.video.window", "2s")
              .with("moonflow.video.novelty", "0")
              .with("moonflow.video.frames-per-second", "2")
              .with(
                  "moonflow.video.sources",
                  "ball=%s;cut=%s;text=%s;none=%s".formatted(whole, cut, text, none)),
          false);
      captions.await(4);
      letters.await(3);
      letters.linger(Duration.ofMillis(200));
      List<CaptionResult> all =
          Subscriber.decode(
              services, CaptionResult.class, captions.linger(Duration.ofMillis(1500)));
      // Six frames from 0.5 s on; the end of the file closes the second window, and no timer.
      List<CaptionResult> results = of("ball", all);
      assertThat(results).extracting(CaptionResult::getFrames).containsExactly(3, 3);
      assertThat(results)
          .extracting(CaptionResult::getWindowStart)
          .containsExactly(ZERO, ZERO.plusSeconds(2));
      assertThat(results.get(0).getAttributes())
          .containsEntry("video_start", ZERO.plusMillis(500).toString());
      assertThat(results.get(1).getProvenance().getSourceTopic()).isEqualTo(whole.toString());
      assertThat(results.get(1).getProvenance().getSourceOffset()).isEqualTo(5);
      // The whole frames before the cut are results: at 0, 0.5, 1 and 1.5 s of the file.
      assertThat(of("cut", all)).extracting(CaptionResult::getFrames).containsExactly(3, 1);
      assertThat(all).hasSize(4);
      checkFileLetters(letters.records(), cut, text, none);
    }
  }

  private static List<CaptionResult> of(String stream, List<CaptionResult> all) {
    return all.stream().filter(result -> result.getSourceId().equals(stream)).toList();
  }

  private static void checkFileLetters(List<RawRecord> letters, Path cut, Path text, Path none) {
    assertThat(letters)
        .extracting(
            letter ->
                new String(letter.key(), UTF_8)
                    + ", "
                    + header(letter, ErrorHeaders.TOPIC)
                    + " behind "
                    + header(letter, ErrorHeaders.OFFSET)
                    + ": "
                    + header(letter, ErrorHeaders.MESSAGE))
        .containsExactlyInAnyOrder(
            "cut, %s behind 4: cut.mkv ends after 1.7 s of the 3.0 s that it announces, and 4 frames before that were taken"
                .formatted(cut),
            "text, %s behind 0: text.mp4 cannot be read as a video; it is none, or was cut off before its index"
                .formatted(text),
            "none, %s behind 0: there is no file %s on this machine".formatted(none, none));
    assertThat(letters)
        .allMatch(letter -> header(letter, ErrorHeaders.STAGE).equals("video.read-file"));
  }

  private static void publishSecond(Publisher publisher, int second) throws Exception {
    Instant time = ZERO.plusSeconds(second);
    byte[] picture = picture(second);
    if (second == CORRUPT) {
      byte[] cut = Arrays.copyOf(picture, picture.length / 2);
      publisher.frame("gate", "gate-" + second, second, time, Golden.inline(cut));
      return;
    }
    for (String stream : List.of("gate", "twin")) {
      publisher.frame(stream, stream + "-" + second, second, time, Golden.inline(picture));
    }
  }

  private static dev.moonflow.schemas.Payload inlineLevel(int level) {
    return Golden.inline(plain(level));
  }

  /** Something new every second, but for the seconds 8 to 11, which are as the seventh. */
  private static byte[] picture(int second) {
    return plain(second >= 8 && second < 12 ? 7 * 12 : second * 12);
  }

  private static byte[] plain(int level) {
    byte[] rgb = new byte[56 * 42 * 3];
    Arrays.fill(rgb, (byte) level);
    return PngEncoder.encode(new DecodedImage(56, 42, rgb));
  }

  private static void check(List<CaptionResult> results) {
    Map<String, TreeMap<Instant, CaptionResult>> byStream = new TreeMap<>();
    for (CaptionResult result : results) {
      assertThat(
              byStream
                  .computeIfAbsent(result.getSourceId(), s -> new TreeMap<>())
                  .put(result.getWindowStart(), result))
          .as(result.getId())
          .isNull();
    }
    assertThat(byStream.keySet()).containsExactly("gate", "twin");
    TreeMap<Instant, CaptionResult> gate = byStream.get("gate");
    assertThat(gate).hasSize(WINDOWS);
    int window = 0;
    for (CaptionResult result : gate.values()) {
      assertThat(result.getWindowStart()).isEqualTo(ZERO.plusSeconds(4 * window));
      assertThat(result.getWindowEnd()).isEqualTo(ZERO.plusSeconds(4 * window + 4));
      assertThat(result.getId()).isEqualTo("gate@" + result.getWindowStart());
      assertThat(result.getFrames()).isEqualTo(window == 1 ? 3 : 4);
      assertThat(result.getFramesMissing()).isEqualTo(window == 1 ? 1 : 0);
      assertThat(result.getFramesSkipped()).isEqualTo(window == 2 ? 4 : 0);
      assertThat(result.getUnchanged()).isEqualTo(window == 2);
      // The prompt of a later window has one image more and the captions before.
      assertThat(result.getGeneration().getTokenIds()).hasSize(window == 2 ? 0 : 16);
      window++;
    }
    List<CaptionResult> ordered = List.copyOf(gate.values());
    assertThat(ordered.get(2).getCaption()).isEqualTo(ordered.get(1).getCaption());
    assertThat(ordered.get(3).getGeneration().getPromptTokens())
        .isGreaterThan(ordered.get(0).getGeneration().getPromptTokens());
    assertThat(said(byStream.get("twin"))).isEqualTo(said(gate));
  }

  private static String said(TreeMap<Instant, CaptionResult> results) {
    return results.values().stream()
        .sorted(Comparator.comparing(CaptionResult::getWindowStart))
        .map(r -> r.getWindowStart() + " " + r.getCaption() + r.getGeneration())
        .collect(Collectors.joining("\n"));
  }

  private static void checkLetters(List<RawRecord> letters) {
    assertThat(letters)
        .extracting(
            letter -> header(letter, "traceparent") + " " + header(letter, ErrorHeaders.STAGE))
        .containsExactlyInAnyOrder("gate-6 video.decode-frame", "late video.check-time");
  }

  private static String header(RawRecord letter, String name) {
    return RecordHeader.last(letter.headers(), name).orElseThrow().text();
  }

  private void checkVtt(Services services) {
    CommandRun run =
        CommandRun.of(
            folder,
            "results",
            "--vtt",
            "gate",
            "--bootstrap",
            services.bootstrapServers(),
            "--registry",
            services.registrySettings().url());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("WEBVTT\n\nNOTE 00:00:00.000 is 2026-01-01T00:00:00Z\n");
    assertThat(run.out().lines().filter(line -> line.contains("-->")))
        .contains("00:00:04.000 --> 00:00:12.000")
        .hasSizeLessThanOrEqualTo(WINDOWS - 1);
    CommandRun none =
        CommandRun.of(
            folder,
            "results",
            "--vtt",
            "nobody",
            "--bootstrap",
            services.bootstrapServers(),
            "--registry",
            services.registrySettings().url());
    assertThat(none.code()).isNotZero();
    assertThat(none.err()).contains("no caption of a video with the stream id nobody");
  }
}
