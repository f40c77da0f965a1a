package dev.moonflow.jobs.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A count in a file of eight bytes, big-endian, mapped into memory: what was counted before a
 * {@code kill -9} is in the file after it, because the page is the system's and not the process's.
 */
final class TokenCount {
  private static final String SUFFIX = ".count";

  private final MappedByteBuffer page;

  private TokenCount(MappedByteBuffer page) {
    this.page = page;
  }

  /** A new count in a folder. */
  static TokenCount in(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "", SUFFIX);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new TokenCount(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /** Counts on; several engines share a process. */
  synchronized void add(int tokens) {
    page.putLong(0, page.getLong(0) + tokens);
  }

  /** The sum of all counts in a folder. */
  static long sum(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .mapToLong(TokenCount::read)
          .sum();
    }
  }

  private static long read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
