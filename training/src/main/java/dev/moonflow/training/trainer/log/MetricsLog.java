package dev.moonflow.training.trainer.log;

import dev.moonflow.training.trainer.StepRecord;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The CSV file of a stage, a line per step, written as soon as it is made, and the same for
 * TensorBoard beside it. When a run goes on from a checkpoint, the file becomes the copy in the
 * checkpoint: lines of steps that will be made again are gone.
 */
public final class MetricsLog implements AutoCloseable {
  private final Path file;
  private final List<double[]> rows = new ArrayList<>();
  private List<String> columns = List.of();
  private final EventFile events;
  private BufferedWriter out;

  /**
   * A log.
   *
   * @param earlier the copy of a checkpoint to go on from; empty to begin
   */
  public MetricsLog(Path file, Optional<Path> earlier) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (earlier.isPresent()) {
        MetricsTable table = MetricsTable.read(earlier.get());
        columns = table.columns();
        rows.addAll(table.rows());
        Files.copy(earlier.get(), file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(file);
      }
      events = new EventFile(file.resolveSibling(EventFile.NAME), table());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds a step. */
  public void add(StepRecord record) {
    try {
      if (out == null) {
        out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      if (rows.isEmpty()) {
        columns = MetricsTable.columns(record);
        out.write(String.join(",", columns) + "\n");
      }
      double[] row = MetricsTable.row(record, columns);
      rows.add(row);
      out.write(MetricsTable.line(row) + "\n");
      out.flush();
      events.add(columns, row);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Everything so far. */
  public MetricsTable table() {
    return new MetricsTable(columns.isEmpty() ? MetricsTable.COMMON : columns, rows);
  }

  /** A copy of the file as it is now. */
  public void copyTo(Path target) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", table().columns())).append('\n');
    rows.forEach(row -> text.append(MetricsTable.line(row)).append('\n'));
    Files.writeString(target, text);
  }

  private TrainingStoppedException failed(IOException e) {
    return new TrainingStoppedException(file + " cannot be written: " + e.getMessage() + ".", e);
  }

  @Override
  public void close() {
    events.close();
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }
}
