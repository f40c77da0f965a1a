package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of a video file, decoded one at a time, as they are stored: a rotation that the file
 * asks players for is not applied. Not thread-safe; close it.
 */
public final class VideoFrames implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VideoFrames.class);
  private static final double MICROS_PER_SECOND = 1_000_000;

  private final FFmpegFrameGrabber grabber;
  private final Path file;
  private final double framesPerSecond;
  private long taken;
  private long firstTimestamp = -1;

  private VideoFrames(FFmpegFrameGrabber grabber, Path file, double framesPerSecond) {
    this.grabber = grabber;
    this.file = file;
    this.framesPerSecond = framesPerSecond;
  }

  /**
   * Opens a video.
   *
   * @param framesPerSecond how many frames to take of each second; 0 takes every frame
   * @param limits of each frame; pages and bytes do not matter
   * @throws MediaRejectedException when it is no video or its frames are past a limit
   */
  public static VideoFrames open(Path file, double framesPerSecond, MediaLimits limits)
      throws MediaRejectedException {
    if (!(framesPerSecond >= 0) || Double.isInfinite(framesPerSecond)) {
      throw new IllegalArgumentException("frames per second must be 0 or more: " + framesPerSecond);
    }
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
    grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
    // A playlist that calls itself a video could name other files and addresses.
    grabber.setOption("protocol_whitelist", "file");
    VideoFrames frames = new VideoFrames(grabber, file, framesPerSecond);
    try {
      grabber.start();
      frames.check(limits);
      return frames;
    } catch (FFmpegFrameGrabber.Exception e) {
      frames.close();
      throw new MediaRejectedException(
          Reason.CORRUPT, file.getFileName() + " cannot be read as a video: " + e.getMessage(), e);
    } catch (MediaRejectedException e) {
      frames.close();
      throw e;
    }
  }

  private void check(MediaLimits limits) throws MediaRejectedException {
    if (!grabber.hasVideo()) {
      throw new MediaRejectedException(
          Reason.UNSUPPORTED, file.getFileName() + " has no video stream");
    }
    LimitChecks.pixels(
        "each frame of " + file.getFileName(),
        grabber.getImageWidth(),
        grabber.getImageHeight(),
        limits);
  }

  /**
   * The next frame, or nothing at the end. With n frames a second, frame k is the first one at or
   * after k/n seconds.
   */
  public Optional<VideoFrame> next() throws MediaRejectedException {
    try {
      while (true) {
        Frame frame = grabber.grabImage();
        if (frame == null) {
          return Optional.empty();
        }
        if (firstTimestamp < 0) {
          firstTimestamp = frame.timestamp;
        }
        long timestamp = frame.timestamp - firstTimestamp;
        if (isDue(timestamp)) {
          return Optional.of(new VideoFrame(taken++, timestamp, pixels(frame)));
        }
      }
    } catch (FFmpegFrameGrabber.Exception e) {
      throw new MediaRejectedException(
          Reason.CORRUPT,
          file.getFileName() + " cannot be decoded after frame " + taken + ": " + e.getMessage(),
          e);
    }
  }

  private boolean isDue(long timestampMicros) {
    return framesPerSecond == 0
        || timestampMicros >= Math.round(taken * MICROS_PER_SECOND / framesPerSecond);
  }

  /** Rows lie apart by a stride that is at least as long as a row. */
  private static DecodedImage pixels(Frame frame) {
    int rowBytes = frame.imageWidth * 3;
    byte[] rgb = new byte[Math.multiplyExact(rowBytes, frame.imageHeight)];
    ByteBuffer samples = (ByteBuffer) frame.image[0];
    for (int y = 0; y < frame.imageHeight; y++) {
      samples.get(y * frame.imageStride, rgb, y * rowBytes, rowBytes);
    }
    return new DecodedImage(frame.imageWidth, frame.imageHeight, rgb);
  }

  @Override
  public void close() {
    try {
      grabber.close();
    } catch (FrameGrabber.Exception e) {
      LOG.warn("closing {} failed: {}", file, e.toString());
    }
  }
}
