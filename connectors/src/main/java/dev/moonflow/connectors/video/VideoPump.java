package dev.moonflow.connectors.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.media.JpegEncoder;
import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.TimedFrame;
import dev.moonflow.connectors.media.VideoFrame;
import dev.moonflow.connectors.media.VideoFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that decodes one stream. A file that cannot be read, or ends in the middle of a frame,
 * ends its stream with what was wrong with it: one bad file does not stop the others.
 */
final class VideoPump implements AutoCloseable {
  /** Header that tells when a file begins. */
  static final String VIDEO_START = "video_start";

  private static final Logger LOG = LoggerFactory.getLogger(VideoPump.class);

  private final VideoSplit split;
  private final FrameQueue queue;
  private final MediaLimits limits;
  private final LiveVideo live;
  private final Thread thread;
  private final String name;
  private long next;

  VideoPump(
      VideoSplit split,
      FrameQueue queue,
      MediaLimits limits,
      LiveVideo.Pauses pauses,
      Counter lost) {
    this.split = split;
    next = split.nextIndex();
    this.queue = queue;
    this.limits = limits;
    name = split.live() ? LiveVideo.withoutSecrets(split.address()) : split.address();
    live =
        split.live()
            ? new LiveVideo(
                split.address(),
                split.framesPerSecond(),
                limits,
                pauses,
                Clock.systemUTC(),
                (why, pause) -> {
                  lost.inc();
                  LOG.warn("Stream {}: {}; tried again in {}", split.stream(), why, pause);
                })
            : null;
    thread = new Thread(this::run, "moonflow-video-" + split.stream());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      Optional<String> flaw = live != null ? pumpLive() : pumpFile();
      List<RecordHeader> headers =
          flaw.map(why -> List.of(RecordHeader.of(VideoSource.FLAW, why))).orElse(List.of());
      boolean unused = queue.put(item(split.newestMillis(), next, null, headers));
    } catch (InterruptedException e) {
      // The reader is closing; its state has the position.
      Thread.currentThread().interrupt();
    }
  }

  /** Hands on the frames of a file; what was wrong with it, or nothing when it was whole. */
  private Optional<String> pumpFile() throws InterruptedException {
    Path file = Path.of(split.address());
    if (!Files.isRegularFile(file)) {
      return Optional.of("there is no file " + file + " on this machine");
    }
    try {
      long begin =
          split.beginMillis() == VideoSplit.NOW
              ? Files.getLastModifiedTime(file).toMillis()
              : split.beginMillis();
      List<RecordHeader> headers =
          List.of(RecordHeader.of(VIDEO_START, Instant.ofEpochMilli(begin).toString()));
      try (VideoFrames video = VideoFrames.open(file, split.framesPerSecond(), limits)) {
        Optional<VideoFrame> frame = video.next();
        while (frame.isPresent()) {
          VideoFrame taken = frame.get();
          if (taken.index() >= split.nextIndex()) {
            long time = begin + taken.timestampMicros() / 1_000;
            byte[] jpeg = JpegEncoder.encode(taken.image());
            if (!queue.put(item(time, taken.index(), jpeg, headers))) {
              return Optional.empty(); // nobody wants it any more
            }
            next = taken.index() + 1;
          }
          frame = video.next();
        }
        return video.flaw();
      }
    } catch (IOException | MediaRejectedException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Hands on the frames of a live source; what ended it, or nothing when it ended by itself. */
  private Optional<String> pumpLive() throws InterruptedException {
    try {
      Optional<TimedFrame> frame = live.next();
      while (frame.isPresent()) {
        TimedFrame taken = frame.get();
        byte[] jpeg = JpegEncoder.encode(taken.image());
        long index = split.nextIndex() + taken.index();
        if (!queue.put(item(taken.time().toEpochMilli(), index, jpeg, List.of()))) {
          return Optional.empty(); // nobody wants it any more
        }
        next = index + 1;
        frame = live.next();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private FrameQueue.Item item(long time, long index, byte[] jpeg, List<RecordHeader> headers) {
    return new FrameQueue.Item(
        split.stream(),
        time,
        new RawRecord(
            name,
            0,
            index,
            System.currentTimeMillis(),
            split.stream().getBytes(UTF_8),
            jpeg,
            headers));
  }

  @Override
  public void close() {
    if (live != null) {
      live.close();
    }
    thread.interrupt();
  }
}
