package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import dev.moonflow.connectors.naming.FailureText;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of a video file or of a live source, decoded one at a time, as they are stored: a
 * rotation that the file asks players for is not applied. A frame that cannot be decoded whole is
 * left out, and {@link #flaw} tells of it. Not thread-safe; close it.
 */
public final class VideoFrames implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VideoFrames.class);
  private static final double MICROS_PER_SECOND = 1_000_000;

  /** What a live source may be reached by; it cannot name files of this machine. */
  private static final String LIVE_PROTOCOLS =
      "rtsp,rtsps,rtp,srtp,rtmp,http,https,httpproxy,tcp,tls,udp,crypto";

  private static final int DAMAGED = 1; // AV_FRAME_FLAG_CORRUPT

  private final FFmpegFrameGrabber grabber;
  private final String name;
  private final double framesPerSecond;
  private long taken;
  private long firstTimestamp = -1;
  private long lastTimestamp = -1;
  private long damaged;
  private long firstDamaged;
  private boolean ended;

  private VideoFrames(FFmpegFrameGrabber grabber, String name, double framesPerSecond) {
    this.grabber = grabber;
    this.name = name;
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
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
    // A playlist that calls itself a video could name other files and addresses.
    grabber.setOption("protocol_whitelist", "file");
    return start(grabber, file.getFileName().toString(), false, framesPerSecond, limits);
  }

  /**
   * Connects to a live source and waits for its first bytes.
   *
   * @param address URI: rtsp, rtmp, http, udp and such
   * @param silence of the connection after which it counts as broken
   * @throws MediaRejectedException when it cannot be reached or read, or its frames are past a
   *     limit
   */
  public static VideoFrames openLive(
      String address, double framesPerSecond, MediaLimits limits, Duration silence)
      throws MediaRejectedException {
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(address);
    grabber.setOption("protocol_whitelist", LIVE_PROTOCOLS);
    String micros = Long.toString(silence.toNanos() / 1_000);
    grabber.setOption("timeout", micros);
    grabber.setOption("rw_timeout", micros);
    if (address.startsWith("rtsp")) {
      grabber.setOption("rtsp_transport", "tcp"); // over UDP a lost packet is a broken picture
    }
    return start(grabber, LiveVideo.withoutSecrets(address), true, framesPerSecond, limits);
  }

  private static VideoFrames start(
      FFmpegFrameGrabber grabber,
      String name,
      boolean live,
      double framesPerSecond,
      MediaLimits limits)
      throws MediaRejectedException {
    if (!(framesPerSecond >= 0) || Double.isInfinite(framesPerSecond)) {
      throw new IllegalArgumentException("frames per second must be 0 or more: " + framesPerSecond);
    }
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
    VideoFrames frames = new VideoFrames(grabber, name, framesPerSecond);
    try {
      grabber.start();
      frames.check(limits);
      return frames;
    } catch (FFmpegFrameGrabber.Exception e) {
      frames.close();
      throw new MediaRejectedException(
          Reason.CORRUPT,
          live
              ? name + " cannot be reached, or sends no video"
              : name + " cannot be read as a video; it is none, or was cut off before its index",
          live ? null : e); // the cause of a live one holds the whole address
    } catch (MediaRejectedException e) {
      frames.close();
      throw e;
    }
  }

  private void check(MediaLimits limits) throws MediaRejectedException {
    if (!grabber.hasVideo()) {
      throw new MediaRejectedException(Reason.UNSUPPORTED, name + " has no video stream");
    }
    LimitChecks.pixels(
        "each frame of " + name, grabber.getImageWidth(), grabber.getImageHeight(), limits);
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
          ended = true;
          return Optional.empty();
        }
        lastTimestamp = frame.timestamp;
        if (isDamaged(frame)) {
          firstDamaged = damaged == 0 ? frame.timestamp : firstDamaged;
          damaged++;
          continue;
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
          name + " cannot be decoded after frame " + taken + ": " + FailureText.of(e),
          e);
    }
  }

  /** The decoder makes something up for what is missing, and says so only here. */
  private static boolean isDamaged(Frame frame) {
    return frame.opaque instanceof AVFrame decoded
        && (decoded.decode_error_flags() != 0 || (decoded.flags() & DAMAGED) != 0);
  }

  /** Whether the source says how long it is. */
  public boolean hasAnnouncedEnd() {
    return grabber.getLengthInTime() > 0;
  }

  /**
   * What was wrong with the video so far, in one sentence without its full stop; nothing when it
   * was whole. After the last frame it tells of an early end too.
   */
  public Optional<String> flaw() {
    if (ended && endsEarly()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s ends after %.1f s of the %.1f s that it announces, and %d frames before that"
                  + " were taken",
              name,
              lastTimestamp / MICROS_PER_SECOND,
              grabber.getLengthInTime() / MICROS_PER_SECOND,
              taken));
    }
    if (damaged > 0) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s has %d damaged frame%s, which %s left out, the first at %.1f s",
              name,
              damaged,
              damaged == 1 ? "" : "s",
              damaged == 1 ? "is" : "are",
              firstDamaged / MICROS_PER_SECOND));
    }
    return Optional.empty();
  }

  /** By more than a second, because sound may go on behind the picture; else by two frames. */
  private boolean endsEarly() {
    double rate = Math.max(1, grabber.getVideoFrameRate());
    double slack = grabber.hasAudio() ? MICROS_PER_SECOND : 2.5 * MICROS_PER_SECOND / rate;
    return hasAnnouncedEnd() && lastTimestamp + slack < grabber.getLengthInTime();
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
      LOG.warn("closing {} failed: {}", name, e.toString());
    }
  }
}
