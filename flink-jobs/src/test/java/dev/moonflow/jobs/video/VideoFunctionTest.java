package dev.moonflow.jobs.video;

import static dev.moonflow.jobs.video.Frames.at;
import static dev.moonflow.jobs.video.Frames.frame;
import static dev.moonflow.jobs.video.Frames.grey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

class VideoFunctionTest {

  @Test
  void aWindowLeavesWhenItsStreamHasPassedItAndTellsOfTheTimeBefore() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(0)), at("a", 5, grey(50)), at("a", 9, grey(100)));
      harness.send(at("a", 11, grey(150)));
      assertThat(harness.left()).isEmpty();
      harness.send(at("a", 12, grey(200)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 3-0+7 shows 0 50 100");
      harness.send(at("a", 22, grey(210)));
      assertThat(harness.left()).containsExactly("a 10-20 frames 2-0+1 shows 100 | 150 200");
    }
  }

  @Test
  void aRequestCarriesWhatItsFramesCarry() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(0)), at("a", 1, grey(99)), at("a", 1.5, grey(99)));
      harness.send(at("a", 12, grey(0)));
      PerceptionRequest request = harness.taken().get(0);
      assertThat(request.subject().eventId()).isEqualTo("a@2026-01-01T00:00:00Z");
      assertThat(request.subject().eventTimeMillis()).isEqualTo(Frames.T0);
      assertThat(request.subject().attributes()).containsEntry("place", "gate");
      assertThat(request.source().value()).isNull();
      assertThat(request.source().timestamp()).isEqualTo(Frames.T0 + 1500);
      assertThat(request.source().headers())
          .containsExactly(RecordHeader.of("traceparent", "a-1.5"));
      assertThat(request.sampling().seed()).isEqualTo(EventSeed.of("a@2026-01-01T00:00:00Z"));
      assertThat(request.messages().get(0).parts().get(2))
          .isEqualTo(new PromptPart.Text("What happens?"));
    }
  }

  @Test
  void framesThatShowNothingNewAreSkippedAndAWindowOfThemRepeats() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(100)), at("a", 1, grey(105)), at("a", 2, grey(108)));
      harness.send(at("a", 3, grey(112)), at("a", 4, grey(112)));
      harness.send(at("a", 11, grey(115)), at("a", 13, grey(113)), at("a", 23, grey(113)));
      assertThat(harness.left())
          .containsExactly("a 0-10 frames 5-3+0 shows 100 112", "a 10-20 frames 2-2+7 same");
      harness.send(at("a", 24, grey(200)), at("a", 33, grey(0)));
      assertThat(harness.left()).containsExactly("a 20-30 frames 2-1+9 shows 112 | 200");
    }
  }

  @Test
  void ofManyFramesThoseAreShownThatBroughtMost() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      int[] levels = {0, 20, 100, 112, 200};
      for (int i = 0; i < levels.length; i++) {
        harness.send(at("a", i, grey(levels[i])));
      }
      harness.send(at("a", 12, grey(0)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 5-0+0 shows 0 100 200");
    }
  }

  @Test
  void duplicatesAreDroppedAndLateFramesAreDeadLetters() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      PerceptionRequest frame = at("a", 8, grey(100));
      harness.send(at("a", 3, grey(0)), frame, frame, at("a", 13, grey(0)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 2-0+4 shows 0 100");
      harness.send(frame);
      assertThat(harness.letters()).isEmpty();
      harness.send(frame("a", "other", 9, 9, grey(5)));
      assertThat(harness.letters())
          .containsExactly(
              "a video.check-time: Field event_time lies in the window from"
                  + " 2026-01-01T00:00:00Z, which is closed: the stream has come to"
                  + " 2026-01-01T00:00:13Z (moonflow.video.lateness is 2000 ms).");
      assertThat(harness.left()).isEmpty();
    }
  }

  @Test
  void framesOutOfOrderStandInOrderAndAreNotMissing() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(0)), at("a", 2, grey(100)), at("a", 1, grey(100)));
      harness.send(at("a", 3, grey(100)), at("a", 12, grey(0)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 4-1+0 shows 0 100 100");
    }
  }

  @Test
  void aCorruptFrameIsADeadLetterAndItsNeighboursAreAsWithoutIt() throws Exception {
    byte[] cut = Arrays.copyOf(grey(77), 40);
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(0)), at("a", 1, cut), at("a", 2, grey(50)));
      harness.send(at("b", 0, cut));
      harness.send(at("a", 12, grey(0)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 2-0+1 shows 0 50");
      assertThat(harness.letters()).hasSize(2);
      assertThat(harness.letters().get(0)).startsWith("a video.decode-frame: the PNG");
    }
  }

  @Test
  void aSilentStreamClosesByTheClockIsForgottenAndBeginsAnew() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.setProcessingTime(1_000_000);
      harness.send(at("a", 0, grey(0)), at("a", 11, grey(100)), at("b", 0, grey(9)));
      harness.setProcessingTime(1_020_000);
      harness.send(at("b", 5, grey(99)));
      harness.setProcessingTime(1_032_000);
      assertThat(harness.left())
          .containsExactly("a 0-10 frames 1-0+0 shows 0", "a 10-20 frames 1-0+10 shows 0 | 100");
      harness.setProcessingTime(1_052_000);
      assertThat(harness.left()).containsExactly("b 0-10 frames 2-0+4 shows 9 99");

      harness.setProcessingTime(1_000_000 + 3_600_000);
      assertThat(harness.left()).containsExactly("a end", "b end");
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();

      harness.send(at("a", 3600, grey(100)), at("a", 3612, grey(100)));
      assertThat(harness.left()).containsExactly("a 3600-3610 frames 1-0+0 shows 100");
      assertThat(harness.letters()).isEmpty();
    }
  }

  @Test
  void aStreamThatResumesBeforeItIsForgottenKeepsItsMemoryAndItsTimer() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.setProcessingTime(1_000_000);
      harness.send(at("a", 0, grey(0)));
      harness.setProcessingTime(1_100_000);
      assertThat(harness.left()).containsExactly("a 0-10 frames 1-0+0 shows 0");
      harness.send(at("a", 100, grey(50)));
      harness.setProcessingTime(1_132_000);
      assertThat(harness.left()).containsExactly("a 100-110 frames 1-0+99 shows 0 | 50");
    }
  }

  @Test
  void aLeapOfTimeBeginsTheStreamAnew() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(0)), frame("a", "wrong clock", 1, 1e9, grey(50)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 1-0+0 shows 0", "a end");
      harness.send(at("a", 2, grey(50)), at("a", 13, grey(100)));
      assertThat(harness.left())
          .containsExactly(
              "a 1000000000-1000000010 frames 1-0+0 shows 50",
              "a end",
              "a 0-10 frames 1-0+0 shows 50");
      assertThat(harness.letters()).isEmpty();
    }
  }

  @Test
  void theEndOfAStreamAndTheEndOfTheInputCloseEverything() throws Exception {
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.send(at("a", 0, grey(0)), at("b", 0, grey(1)), Frames.end("a"), Frames.end("none"));
      assertThat(harness.left()).containsExactly("a 0-10 frames 1-0+0 shows 0", "a end");
      harness.processWatermark(new Watermark(Frames.T0 + 1_000_000));
      assertThat(harness.left()).isEmpty();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.left()).containsExactly("b 0-10 frames 1-0+0 shows 1", "b end");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aRestartChangesNothingAndTheTimeThatItTookIsNoSilence() throws Exception {
    OperatorSubtaskState state;
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.setProcessingTime(1_000_000);
      harness.send(at("a", 0, grey(0)), at("a", 1, grey(2)), at("a", 2, grey(100)));
      state = harness.snapshot(1, 1);
    }
    try (VideoHarness harness = new VideoHarness(state)) {
      harness.setProcessingTime(2_000_000);
      assertThat(harness.left()).isEmpty();
      harness.send(at("a", 2, grey(100)), at("a", 3, grey(98)), at("a", 12, grey(0)));
      assertThat(harness.left()).containsExactly("a 0-10 frames 4-2+0 shows 0 100");
    }
  }

  @Test
  void theMemoryOfAStreamIsBounded() throws Exception {
    int bytes = grey(0).length;
    VideoSettings tight =
        new VideoSettings(
            VideoHarness.SETTINGS.window(),
            0,
            3,
            1,
            2,
            "{caption}",
            VideoHarness.SETTINGS.lateness(),
            VideoHarness.SETTINGS.idle(),
            VideoHarness.SETTINGS.keep(),
            bytes * 2L + bytes / 2,
            VideoHarness.SETTINGS.media(),
            VideoHarness.SETTINGS.to());
    try (VideoHarness harness = new VideoHarness(tight, null)) {
      for (int i = 0; i < 5; i++) {
        harness.send(at("a", i, grey(i * 50)));
      }
      harness.send(at("a", 11, grey(250)), at("a", 23, grey(0)));
      List<String> left = harness.left();
      assertThat(left).hasSize(2);
      assertThat(left.get(0)).startsWith("a 0-10 frames 5-0+0 shows ").endsWith(" 200");
      harness.send(frame("a", "large", 30, 24, new byte[bytes * 3]));
      assertThat(harness.letters()).singleElement().asString().contains("bytes-per-stream");
    }
  }
}
