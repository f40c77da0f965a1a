package dev.moonflow.connectors.video;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Frames of video files and live sources; the package's description tells what a record is. Each
 * stream is a split with a watermark of its own, so that one that says nothing becomes idle alone
 * where the job's {@code WatermarkStrategy} has {@code withIdleness}.
 */
public final class VideoSource implements Source<RawRecord, VideoSplit, List<VideoSplit>> {
  /** Header of a stream's end that tells what was wrong with it; without it nothing was. */
  public static final String FLAW = "moonflow.video.flaw";

  private static final long serialVersionUID = 1L;

  private final List<VideoSplit> streams;
  private final MediaLimits limits;
  private final LiveVideo.Pauses pauses;

  /**
   * A source.
   *
   * @param streams what to read, each under an id of its own
   * @param limits of each frame
   * @throws IllegalArgumentException if two streams have the same id
   */
  public VideoSource(List<VideoSplit> streams, MediaLimits limits, LiveVideo.Pauses pauses) {
    Set<String> ids = new HashSet<>();
    for (VideoSplit stream : streams) {
      if (!ids.add(stream.stream())) {
        throw new IllegalArgumentException("two videos have the stream id " + stream.stream());
      }
    }
    this.streams = List.copyOf(streams);
    this.limits = limits;
    this.pauses = pauses;
  }

  @Override
  public Boundedness getBoundedness() {
    return streams.stream().anyMatch(VideoSplit::live)
        ? Boundedness.CONTINUOUS_UNBOUNDED
        : Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<RawRecord, VideoSplit> createReader(SourceReaderContext context) {
    return new VideoReader(context.metricGroup(), limits, pauses);
  }

  @Override
  public SplitEnumerator<VideoSplit, List<VideoSplit>> createEnumerator(
      SplitEnumeratorContext<VideoSplit> context) {
    return new VideoEnumerator(context, streams);
  }

  @Override
  public SplitEnumerator<VideoSplit, List<VideoSplit>> restoreEnumerator(
      SplitEnumeratorContext<VideoSplit> context, List<VideoSplit> unassigned) {
    return new VideoEnumerator(context, unassigned);
  }

  @Override
  public SimpleVersionedSerializer<VideoSplit> getSplitSerializer() {
    return VideoSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<List<VideoSplit>> getEnumeratorCheckpointSerializer() {
    return VideoSplitsSerializer.INSTANCE;
  }
}
