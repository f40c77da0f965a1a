package dev.moonflow.connectors.video;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Reads the streams of one subtask, each with a thread of its own that decodes a little ahead: a
 * source that is silent keeps nobody waiting.
 */
final class VideoReader implements SourceReader<RawRecord, VideoSplit> {
  private final MediaLimits limits;
  private final LiveVideo.Pauses pauses;
  private final FrameQueue queue = new FrameQueue();
  private final Map<String, VideoSplit> splits = new LinkedHashMap<>();
  private final Map<String, VideoPump> pumps = new LinkedHashMap<>();
  private final Counter lost;
  private boolean noMoreSplits;

  VideoReader(MetricGroup metrics, MediaLimits limits, LiveVideo.Pauses pauses) {
    this.limits = limits;
    this.pauses = pauses;
    lost = metrics.counter("video_connections_lost_total");
  }

  @Override
  public void start() {
    // Threads begin with their splits.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) {
    FrameQueue.Item item = queue.poll();
    if (item == null) {
      return noMoreSplits && splits.isEmpty()
          ? InputStatus.END_OF_INPUT
          : InputStatus.NOTHING_AVAILABLE;
    }
    VideoSplit split = splits.get(item.stream());
    if (item.ends()) {
      long time = split.newestMillis() == Long.MIN_VALUE ? 0 : split.newestMillis();
      output.createOutputForSplit(item.stream()).collect(item.frame(), time);
      output.releaseOutputForSplit(item.stream());
      splits.remove(item.stream());
      pumps.remove(item.stream());
    } else {
      output.createOutputForSplit(item.stream()).collect(item.frame(), item.eventTimeMillis());
      splits.put(item.stream(), split.after(item.frame().offset(), item.eventTimeMillis()));
    }
    return queue.isEmpty() && !(noMoreSplits && splits.isEmpty())
        ? InputStatus.NOTHING_AVAILABLE
        : InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<VideoSplit> snapshotState(long checkpointId) {
    return List.copyOf(splits.values());
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return noMoreSplits && splits.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : queue.available();
  }

  @Override
  public void addSplits(List<VideoSplit> added) {
    for (VideoSplit split : added) {
      splits.put(split.stream(), split);
      VideoPump pump = new VideoPump(split, queue, limits, pauses, lost);
      pumps.put(split.stream(), pump);
      pump.start();
    }
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    queue.wake();
  }

  @Override
  public void close() {
    pumps.values().forEach(VideoPump::close);
    queue.close();
  }
}
