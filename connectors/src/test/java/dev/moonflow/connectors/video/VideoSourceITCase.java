package dev.moonflow.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.TestVideoServer;
import dev.moonflow.connectors.media.TestVideos;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in a job: over a restart, and with a stream that says nothing. */
class VideoSourceITCase {
  private static final long BEGIN = 1_767_225_600_000L;

  @TempDir Path folder;

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    environment.enableCheckpointing(100);
    environment.getConfig().setAutoWatermarkInterval(50);
    return environment;
  }

  /** Tells stream, index, time and bytes of each record, slowly; fails once behind a checkpoint. */
  private static final class FailingOnce extends ProcessFunction<RawRecord, String>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean FAILED = new AtomicBoolean();
    private transient int seen;
    private transient volatile boolean checkpointed;

    @Override
    public void processElement(RawRecord frame, Context context, Collector<String> out)
        throws Exception {
      Thread.sleep(20);
      if (checkpointed && ++seen > 5 && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("on purpose");
      }
      String stream = new String(frame.key(), StandardCharsets.UTF_8);
      boolean end = frame.value() == null;
      String flaw =
          RecordHeader.last(frame.headers(), VideoSource.FLAW)
              .map(header -> ", " + header.text().replace(frame.topic(), "FILE"))
              .orElse("");
      String what = end ? "end" + flaw : "" + Arrays.hashCode(frame.value());
      long time = context.timestamp() - BEGIN;
      out.collect(stream + " " + frame.offset() + " " + (end ? "" : time + " ") + what);
    }

    @Override
    public void notifyCheckpointComplete(long id) {
      checkpointed = true;
    }
  }

  private List<String> read(boolean fails, Path whole, Path cut) throws Exception {
    FailingOnce.FAILED.set(!fails);
    Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video at all");
    VideoSource source =
        new VideoSource(
            List.of(
                VideoSplit.of("whole", whole.toString(), 10, BEGIN),
                VideoSplit.of("cut", cut.toString(), 10, BEGIN),
                VideoSplit.of("text", text.toString(), 10, BEGIN),
                VideoSplit.of("none", folder.resolve("none.mp4").toString(), 10, BEGIN)),
            MediaLimits.DEFAULT,
            LiveVideo.Pauses.DEFAULT);
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> records =
        environment()
            .fromSource(source, WatermarkStrategy.noWatermarks(), "videos", RawRecord.TYPE)
            .process(new FailingOnce(), Types.STRING)
            .executeAndCollect()) {
      records.forEachRemaining(lines::add);
    }
    lines.sort(null);
    return lines;
  }

  @Test
  void everyFrameComesOnceOverARestart() throws Exception {
    byte[] all = TestVideos.bytes("matroska", folder);
    Path whole = Files.write(folder.resolve("whole.mkv"), all);
    Path cut = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(all, all.length * 6 / 10));
    List<String> straight = read(false, whole, cut);
    assertThat(straight)
        .hasSize(30 + 18 + 3 + 1)
        .contains(
            "none 0 end, there is no file FILE on this machine",
            "text 0 end, text.mp4 cannot be read as a video; it is none, or was cut off before"
                + " its index",
            "cut 18 end, cut.mkv ends after 1.7 s of the 3.0 s that it announces, and 18 frames"
                + " before that were taken",
            "whole 30 end");
    assertThat(straight).anyMatch(line -> line.startsWith("whole 29 2900 "));
    assertThat(read(true, whole, cut)).isEqualTo(straight);
    assertThat(FailingOnce.FAILED).isTrue();
  }

  private static final class Watermarks extends ProcessFunction<RawRecord, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord frame, Context context, Collector<Long> out)
        throws Exception {
      Thread.sleep(50);
      out.collect(context.timerService().currentWatermark());
    }
  }

  @Test
  void anIdleStreamDoesNotHoldTheWatermark() throws Exception {
    byte[] all = TestVideos.bytes("mpegts", folder);
    LiveVideo.Pauses pauses =
        new LiveVideo.Pauses(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(60));
    try (TestVideoServer busy = new TestVideoServer(List.of(TestVideoServer.sends(all)));
        TestVideoServer silent =
            new TestVideoServer(List.of(TestVideoServer.sendsAndStaysSilent(new byte[0])))) {
      VideoSource source =
          new VideoSource(
              List.of(
                  VideoSplit.of("busy", busy.address(), 10, VideoSplit.NOW),
                  VideoSplit.of("silent", silent.address(), 10, VideoSplit.NOW)),
              MediaLimits.DEFAULT,
              pauses);
      StreamExecutionEnvironment environment = environment();
      environment.setParallelism(1);
      try (CloseableIterator<Long> marks =
          environment
              .fromSource(
                  source,
                  WatermarkStrategy.<RawRecord>forBoundedOutOfOrderness(Duration.ofSeconds(1))
                      .withIdleness(Duration.ofMillis(300)),
                  "videos",
                  RawRecord.TYPE)
              .process(new Watermarks(), Types.LONG)
              .executeAndCollect()) {
        long mark = Long.MIN_VALUE;
        for (int i = 0; i < 400 && mark == Long.MIN_VALUE; i++) {
          mark = marks.next();
        }
        assertThat(mark).isGreaterThan(BEGIN);
      }
    }
  }
}
