package dev.moonflow.connectors.media;

import static dev.moonflow.connectors.media.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFramesTest {
  private static final int FRAMES = 20;
  private static final int PER_SECOND = 10;

  @TempDir Path folder;

  /** Two seconds in which the picture goes from black to white. */
  private Path video() throws Exception {
    Path file = folder.resolve("ramp.mp4");
    try (VideoWriter writer = VideoWriter.open(file, 66, 48, PER_SECOND)) {
      for (int i = 0; i < FRAMES; i++) {
        byte[] rgb = new byte[66 * 48 * 3];
        Arrays.fill(rgb, (byte) (i * 12));
        writer.write(new DecodedImage(66, 48, rgb));
      }
    }
    return file;
  }

  private static List<VideoFrame> all(Path file, double perSecond) throws Exception {
    List<VideoFrame> frames = new ArrayList<>();
    try (VideoFrames video = VideoFrames.open(file, perSecond, MediaLimits.DEFAULT)) {
      Optional<VideoFrame> frame = video.next();
      while (frame.isPresent()) {
        frames.add(frame.get());
        frame = video.next();
      }
    }
    return frames;
  }

  @Test
  void everyFrameComesWithItsTimeAndItsPicture() throws Exception {
    List<VideoFrame> frames = all(video(), 0);
    assertThat(frames).hasSize(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      VideoFrame frame = frames.get(i);
      assertThat(frame.index()).isEqualTo(i);
      assertThat(frame.timestampMicros()).isEqualTo(i * 100_000L);
      assertThat(frame.image().width()).isEqualTo(66);
      assertThat(frame.image().height()).isEqualTo(48);
      assertThat(frame.image().rgb()[3000] & 0xFF).isBetween(i * 12 - 6, i * 12 + 6);
    }
  }

  @Test
  void framesAreTakenAtTheRateAskedForAndAllOfThemWhenItIsHigher() throws Exception {
    Path file = video();
    assertThat(all(file, 2))
        .extracting(VideoFrame::timestampMicros)
        .containsExactly(0L, 500_000L, 1_000_000L, 1_500_000L);
    assertThat(all(file, 3))
        .extracting(VideoFrame::timestampMicros)
        .containsExactly(0L, 400_000L, 700_000L, 1_000_000L, 1_400_000L, 1_700_000L);
    assertThat(all(file, 1000)).hasSize(FRAMES);
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, ends after 1.7 s of the 3.0 s that it announces, 17",
    "matroska, ends after 1.7 s of the 3.0 s that it announces, 18",
    "avi, 'has 1 damaged frame, which is left out, the first at 1.7 s', 17",
    "mpegts, 'has 1 damaged frame, which is left out, the first at 1.7 s', 17"
  })
  void aVideoThatEndsInAFrameGivesTheWholeOnesAndOneSentence(
      String format, String sentence, int whole) throws Exception {
    byte[] all = TestVideos.bytes(format, folder);
    Path file = folder.resolve("whole." + format);
    Files.write(file, all);
    try (VideoFrames video = VideoFrames.open(file, 0, MediaLimits.DEFAULT)) {
      assertThat(count(video)).isEqualTo(TestVideos.FRAMES);
      assertThat(video.flaw()).isEmpty();
    }
    Files.write(file, Arrays.copyOf(all, all.length * 6 / 10));
    try (VideoFrames video = VideoFrames.open(file, 0, MediaLimits.DEFAULT)) {
      assertThat(count(video)).isEqualTo(whole);
      assertThat(video.flaw().orElseThrow()).startsWith("whole." + format + " " + sentence);
    }
  }

  private static int count(VideoFrames video) throws Exception {
    int count = 0;
    while (video.next().isPresent()) {
      count++;
    }
    return count;
  }

  @Test
  void aVideoWithoutItsIndexSaysSo() throws Exception {
    Path file = video();
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length / 2));
    assertRejected(
        () -> VideoFrames.open(file, 1, MediaLimits.DEFAULT), Reason.CORRUPT, "before its index");
  }

  @Test
  void whatIsNoVideoOrTooLargeIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video at all");
    assertRejected(
        () -> VideoFrames.open(text, 1, MediaLimits.DEFAULT), Reason.CORRUPT, "text.mp4");
    Path playlist =
        Files.writeString(
            folder.resolve("list.m3u8"), "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n");
    assertThatThrownBy(() -> VideoFrames.open(playlist, 1, MediaLimits.DEFAULT))
        .isInstanceOf(MediaRejectedException.class);
    Path file = video();
    MediaLimits small = new MediaLimits(1 << 20, 1000, 1000, 1);
    assertRejected(
        () -> VideoFrames.open(file, 1, small), Reason.TOO_MANY_PIXELS, "ramp.mp4", "66 x 48");
    assertThatThrownBy(() -> VideoFrames.open(file, -1, MediaLimits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VideoWriter.open(folder.resolve("odd.mp4"), 65, 48, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("even");
  }
}
