package dev.moonflow.jobs.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.TestVideoServer;
import dev.moonflow.connectors.media.TestVideos;
import dev.moonflow.jobs.cli.CommandRun;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences, videos that are cut, and live sources as events. */
class StreamEventsTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final PublishRequest GATE =
      new PublishRequest(null, null, null, "gate", 2, START, null, 1_000_000, null, "run");

  @TempDir Path folder;
  private final List<OutgoingEvent> events = new ArrayList<>();

  private List<VideoFrameEvent> frames() {
    return events.stream().map(event -> (VideoFrameEvent) event.value()).toList();
  }

  @Test
  void imagesAreFramesInTheOrderOfTheirNames() throws Exception {
    for (String name : List.of("b", "a", "c")) {
      ImageIO.write(
          new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
          "png",
          folder.resolve(name + ".png").toFile());
    }
    FileScan scan = FileScan.of(List.of(folder));
    new EventBuilder(GATE).buildSequence(scan.files(), events::add);
    assertThat(events).extracting(OutgoingEvent::topic).containsOnly(Topics.FRAMES);
    assertThat(events).extracting(OutgoingEvent::key).containsOnly("gate");
    assertThat(frames())
        .extracting(VideoFrameEvent::getEventTime)
        .containsExactly(START, START.plusMillis(500), START.plusMillis(1000));
    assertThat(frames()).extracting(VideoFrameEvent::getFrameIndex).containsExactly(0L, 1L, 2L);
    assertThat(frames().get(0).getAttributes()).containsEntry("video_start", START.toString());
    assertThat(frames().get(0).getFrame().getMediaType()).isEqualTo("image/png");

    Files.copy(CommandRun.root().resolve("samples/harbour-report.pdf"), folder.resolve("d.pdf"));
    List<InputFile> withPdf = FileScan.of(List.of(folder)).files();
    assertThatThrownBy(() -> new EventBuilder(GATE).buildSequence(withPdf, events::add))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("d.pdf is no image");
  }

  @Test
  void aVideoThatIsCutGivesItsWholeFramesAndOneSentence() throws Exception {
    byte[] all = TestVideos.bytes("mp4", folder);
    Path file = folder.resolve("cut.mp4");
    Files.write(file, Arrays.copyOf(all, all.length * 6 / 10));
    List<String> notes = new ArrayList<>();
    new EventBuilder(GATE, notes::add)
        .build(FileScan.of(List.of(file)).files().get(0), events::add);
    assertThat(events).hasSize(4);
    assertThat(notes)
        .containsExactly(
            "cut.mp4 ends after 1.7 s of the 3.0 s that it announces, and 4 frames before that"
                + " were taken.");
  }

  @Test
  void aLiveSourceIsPublishedUntilItIsClosed() throws Exception {
    byte[] all = TestVideos.bytes("mpegts", folder);
    LiveVideo.Pauses pauses =
        new LiveVideo.Pauses(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(5));
    try (TestVideoServer server = new TestVideoServer(List.of(TestVideoServer.sends(all)));
        LiveVideo live =
            new LiveVideo(
                server.address(),
                10,
                MediaLimits.DEFAULT,
                pauses,
                Clock.systemUTC(),
                (w, p) -> {})) {
      new EventBuilder(GATE)
          .buildLive(
              live,
              server.address(),
              event -> {
                events.add(event);
                if (events.size() == 35) {
                  live.close();
                }
              });
    }
    assertThat(events.size()).isBetween(35, 40);
    assertThat(events).extracting(OutgoingEvent::key).containsOnly("gate");
    assertThat(events).extracting(OutgoingEvent::id).doesNotHaveDuplicates();
    assertThat(frames()).extracting(VideoFrameEvent::getEventTime).isSorted();
  }
}
