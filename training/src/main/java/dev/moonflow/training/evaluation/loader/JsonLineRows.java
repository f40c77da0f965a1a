package dev.moonflow.training.evaluation.loader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/** A file with a JSON object on each line; empty lines are passed over. */
final class JsonLineRows implements RowSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final BufferedReader reader;
  private String line;
  private int number;

  private JsonLineRows(Path file, BufferedReader reader) {
    this.file = file;
    this.reader = reader;
    advance();
  }

  static JsonLineRows open(Path file) throws IOException {
    return new JsonLineRows(file, Files.newBufferedReader(file));
  }

  private void advance() {
    try {
      do {
        line = reader.readLine();
        number++;
      } while (line != null && line.isBlank());
    } catch (IOException e) {
      throw new EvaluationException(
          "%s cannot be read from line %d on: %s.".formatted(file, number, e.getMessage()), e);
    }
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.empty();
  }

  @Override
  public boolean hasNext() {
    return line != null;
  }

  @Override
  public Row next() {
    if (line == null) {
      throw new NoSuchElementException();
    }
    String place = "line " + number;
    String json = line;
    advance();
    try {
      return new Row(file, place, JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new RowException(
          place, file + ", " + place + ": " + JsonRows.oneLine(e.getOriginalMessage()) + ".", e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be closed: " + e.getMessage() + ".", e);
    }
  }
}
