package dev.moonflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The golden vectors of the repository, for tests of the text side. */
public final class GoldenFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFolder() {}

  /** A file or folder in it. */
  public static Path path(String relative) {
    return Path.of(System.getProperty("moonflow.golden.dir")).resolve(relative);
  }

  /** A JSON file in it. */
  public static JsonNode json(String relative) {
    try {
      return JSON.readTree(Files.readAllBytes(path(relative)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A JSON array of integers. */
  public static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }
}
