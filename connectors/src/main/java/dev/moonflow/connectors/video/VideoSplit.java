package dev.moonflow.connectors.video;

import dev.moonflow.connectors.media.LiveVideo;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One stream and how far it has been read. Immutable.
 *
 * @param stream id of the stream
 * @param address path of a file, or URI of a live source
 * @param framesPerSecond frames to take of each second, above 0
 * @param beginMillis event time of a file's first frame; {@link #NOW} takes the clock's
 * @param nextIndex index of the next frame
 * @param newestMillis event time of the frame before it, or {@link Long#MIN_VALUE}
 */
public record VideoSplit(
    String stream,
    String address,
    double framesPerSecond,
    long beginMillis,
    long nextIndex,
    long newestMillis)
    implements SourceSplit, Serializable {

  /** Begins with the clock. */
  public static final long NOW = Long.MIN_VALUE;

  public VideoSplit {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(address, "address");
    if (!(framesPerSecond > 0) || nextIndex < 0) {
      throw new IllegalArgumentException(framesPerSecond + " frames per second from " + nextIndex);
    }
  }

  /** A stream from its beginning. */
  public static VideoSplit of(String stream, String address, double framesPerSecond, long begin) {
    return new VideoSplit(stream, address, framesPerSecond, begin, 0, Long.MIN_VALUE);
  }

  /** The same stream, read one frame further. */
  VideoSplit after(long index, long timeMillis) {
    return new VideoSplit(stream, address, framesPerSecond, beginMillis, index + 1, timeMillis);
  }

  /** Whether it has no end of its own. */
  public boolean live() {
    return LiveVideo.isAddress(address);
  }

  @Override
  public String splitId() {
    return stream;
  }
}
