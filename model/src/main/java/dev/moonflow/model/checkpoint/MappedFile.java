package dev.moonflow.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file open for reading, of any size: short stretches are copied, long ones are mapped in
 * segments, because one map holds less than 2 GiB. Thread-safe.
 */
final class MappedFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MappedFile.class);

  /** A power of two keeps every element inside one segment. */
  static final long SEGMENT_BYTES = 1L << 30;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final long segmentBytes;

  /** Opens a file; segments have {@code segmentBytes}, a multiple of 8. */
  MappedFile(Path file, long segmentBytes) {
    this.file = file;
    this.segmentBytes = segmentBytes;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      size = channel.size();
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    }
  }

  Path file() {
    return file;
  }

  /** Bytes of the file when it was opened. */
  long size() {
    return size;
  }

  /** A copy of a stretch. */
  byte[] read(long position, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new CheckpointException(
              "%s ends at byte %d.".formatted(file, position + buffer.position()));
        }
      }
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    }
    return buffer.array();
  }

  /** Maps a stretch of less than 2 GiB; the map outlives this file. */
  ByteBuffer map(long position, long length) {
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, position, length);
    } catch (IOException e) {
      throw new CheckpointException(
          "%s: byte %d: %d bytes cannot be mapped: %s.".formatted(file, position, length, e), e);
    }
  }

  /** Takes the segments of a stretch. */
  interface SegmentReader {
    /** Reads a little-endian segment that begins {@code done} bytes into the stretch. */
    void read(ByteBuffer segment, long done);
  }

  /** Maps a stretch segment by segment, in order. */
  void forEachSegment(long position, long length, SegmentReader reader) {
    try {
      for (long done = 0; done < length; done += segmentBytes) {
        long count = Math.min(segmentBytes, length - done);
        ByteBuffer segment = channel.map(FileChannel.MapMode.READ_ONLY, position + done, count);
        reader.read(segment.order(ByteOrder.LITTLE_ENDIAN), done);
      }
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be mapped: " + e + ".", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Opened for reading only: nothing can be lost.
      LOG.debug("closing {}", file, e);
    }
  }
}
