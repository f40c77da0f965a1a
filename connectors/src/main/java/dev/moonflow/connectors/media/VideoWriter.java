package dev.moonflow.connectors.media;

import java.io.IOException;
import java.nio.file.Path;

/** A writer of short MPEG-4 videos, for samples and tests. Not thread-safe; close it. */
public final class VideoWriter implements AutoCloseable {
  private VideoWriter() {}

  /** Begins a video of frames of one size; width and height must be even. */
  public static VideoWriter open(Path file, int width, int height, int framesPerSecond)
      throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  /** Adds the next frame. */
  public void write(DecodedImage frame) throws IOException {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException("being built");
  }
}
