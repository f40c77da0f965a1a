package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.video.VideoSource;
import dev.moonflow.connectors.video.VideoSplit;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.jobs.settings.VideoOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The videos that the job reads itself. */
final class VideoSources {
  private VideoSources() {}

  static boolean areGiven(Settings settings) {
    return !settings.get(VideoOptions.SOURCES).isEmpty();
  }

  /** Their frames; an idle stream does not hold the watermark. */
  static SingleOutputStreamOperator<RawRecord> read(
      StreamExecutionEnvironment environment, Settings settings) {
    VideoSource source =
        new VideoSource(
            streams(settings), IngestSettings.mediaLimits(settings), LiveVideo.Pauses.DEFAULT);
    return environment.fromSource(
        source,
        WatermarkStrategy.<RawRecord>forBoundedOutOfOrderness(settings.get(VideoOptions.LATENESS))
            .withIdleness(settings.get(VideoOptions.IDLE)),
        "source-video",
        RawRecord.TYPE);
  }

  /** The streams of the setting. */
  static List<VideoSplit> streams(Settings settings) {
    List<VideoSplit> streams = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String source : settings.get(VideoOptions.SOURCES)) {
      int equals = source.indexOf('=');
      if (equals < 1 || equals == source.length() - 1) {
        throw wrong("needs STREAM=FILE or STREAM=ADDRESS", source);
      }
      String stream = source.substring(0, equals).strip();
      if (stream.isEmpty() || stream.length() > 1_024 || !ids.add(stream)) {
        throw wrong("needs a stream id of its own for each", source);
      }
      streams.add(
          VideoSplit.of(
              stream,
              source.substring(equals + 1).strip(),
              settings.get(VideoOptions.SOURCE_RATE),
              VideoSplit.NOW));
    }
    return streams;
  }

  private static SettingsException wrong(String what, String source) {
    return new SettingsException(
        "Setting " + VideoOptions.SOURCES.key() + " " + what + ", got \"" + source + "\".");
  }
}
