package dev.moonflow.training.evaluation.loader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/**
 * A JSON file of rows: an array, an object with the array {@code data}, or an object whose members
 * are the rows.
 */
final class JsonRows implements RowSource {
  /** Annotations are small; the pictures of such data sets lie in files of their own. */
  private static final long BYTES_MAX = 512L << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int count;
  private final Iterator<Row> rows;

  private JsonRows(List<Row> rows) {
    this.count = rows.size();
    this.rows = rows.iterator();
  }

  static JsonRows open(Path file) throws IOException {
    JsonNode root = read(file);
    JsonNode array = root.isObject() && root.path("data").isArray() ? root.get("data") : root;
    List<Row> rows = new ArrayList<>();
    if (array.isArray()) {
      for (JsonNode row : array) {
        rows.add(new Row(file, "row " + (rows.size() + 1), row));
      }
    } else if (array.isObject()) {
      array
          .fields()
          .forEachRemaining(
              e -> rows.add(new Row(file, "entry \"" + e.getKey() + "\"", e.getValue())));
    } else {
      throw new EvaluationException(file + " is neither an array nor an object of rows.");
    }
    return new JsonRows(rows);
  }

  /** A whole JSON file. */
  static JsonNode read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new EvaluationException(
          "%s has %d bytes; the limit of a JSON file is %d."
              .formatted(file, Files.size(file), BYTES_MAX));
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new EvaluationException(
          "%s, line %d: %s."
              .formatted(file, e.getLocation().getLineNr(), oneLine(e.getOriginalMessage())),
          e);
    }
  }

  static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of(count);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    return rows.next();
  }
}
