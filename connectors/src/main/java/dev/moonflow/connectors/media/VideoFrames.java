package dev.moonflow.connectors.media;

import java.nio.file.Path;
import java.util.Optional;

/** The frames of a video file, decoded one at a time. Not thread-safe; close it. */
public final class VideoFrames implements AutoCloseable {
  private VideoFrames() {}

  /**
   * Opens a video.
   *
   * @param framesPerSecond how many frames to take of each second; 0 takes every frame
   * @param limits of each frame; pages do not matter
   * @throws MediaRejectedException when it is no video or its frames are past a limit
   */
  public static VideoFrames open(Path file, double framesPerSecond, MediaLimits limits)
      throws MediaRejectedException {
    throw new UnsupportedOperationException("being built");
  }

  /** Length of the video in microseconds as its container says, 0 when it does not. */
  public long durationMicros() {
    throw new UnsupportedOperationException("being built");
  }

  /** The next frame, or nothing at the end. */
  public Optional<VideoFrame> next() throws MediaRejectedException {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("being built");
  }
}
