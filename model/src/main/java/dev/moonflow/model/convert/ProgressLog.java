package dev.moonflow.model.convert;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tensors of an unfinished file are there: a line that names the file's header, then a line
 * for each tensor, its number and its checksum. A line that is cut off is not counted.
 */
final class ProgressLog implements AutoCloseable {
  private static final String END = " .";

  private final BufferedWriter writer;

  private ProgressLog(BufferedWriter writer) {
    this.writer = writer;
  }

  /** What an earlier run noted: checksums by number; empty if it was for another file. */
  static Map<Integer, Integer> read(Path log, String header) throws IOException {
    Map<Integer, Integer> done = new HashMap<>();
    if (!Files.exists(log)) {
      return done;
    }
    List<String> lines = Files.readAllLines(log, StandardCharsets.US_ASCII);
    if (lines.isEmpty() || !lines.get(0).equals(header + END)) {
      return done;
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(" ");
      if (line.endsWith(END) && fields.length == 3) {
        done.put(Integer.valueOf(fields[0]), Integer.parseUnsignedInt(fields[1], 16));
      }
    }
    return done;
  }

  /** A new log that says what is there already. */
  static ProgressLog start(Path log, String header, Map<Integer, Integer> done) throws IOException {
    ProgressLog result =
        new ProgressLog(
            Files.newBufferedWriter(
                log,
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    result.writer.write(header + END + "\n");
    for (Map.Entry<Integer, Integer> entry : done.entrySet()) {
      result.add(entry.getKey(), entry.getValue());
    }
    result.writer.flush();
    return result;
  }

  synchronized void add(int number, int checksum) throws IOException {
    writer.write("%d %08x%s\n".formatted(number, checksum, END));
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
