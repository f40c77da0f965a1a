package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The rows of a file in order. {@link #next} may throw {@link RowException} for a row alone and go
 * on with the next.
 */
interface RowSource extends Iterator<Row>, AutoCloseable {
  /** How many there are, where that is known beforehand. */
  OptionalInt count();

  @Override
  default void close() {}

  /** Opens a file by the end of its name. */
  static RowSource open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new EvaluationException(
          file + (Files.exists(file) ? " is not a file." : " does not exist."));
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".parquet")) {
        return ParquetRows.open(file);
      }
      if (name.endsWith(".jsonl")) {
        return JsonLineRows.open(file);
      }
      if (name.endsWith(".json")) {
        return JsonRows.open(file);
      }
      if (name.endsWith(".tsv")) {
        return TsvRows.open(file);
      }
    } catch (IOException e) {
      throw new EvaluationException(
          file + " cannot be read: " + JsonRows.oneLine(e.getMessage()) + ".", e);
    }
    throw new EvaluationException(
        file + " is of no form that is read here: .parquet, .json, .jsonl or .tsv.");
  }
}
