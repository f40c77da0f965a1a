package dev.moonflow.connectors.registry.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file with one registration per line, as JSON, in order. A line is written before its
 * registration is answered; a last line without its end belongs to one that nobody heard of.
 * Compatibility rules are not in it.
 */
interface SchemaJournal {
  /** Keeps nothing. */
  SchemaJournal NONE = entry -> {};

  /** A schema as it was registered. */
  record Entry(String subject, String schema) {}

  /** Writes an entry; it outlives this process when the method returns. */
  void append(Entry entry);

  /** A journal that goes on at the end of a file. */
  static SchemaJournal to(Path file) {
    return entry -> {
      try {
        String line =
            new ObjectMapper()
                .writeValueAsString(Map.of("subject", entry.subject(), "schema", entry.schema()));
        Files.writeString(
            file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the journal " + file, e);
      }
    };
  }

  /** What a file holds, nothing if there is none; a torn last line is cut off. */
  static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(file)) {
      return entries;
    }
    String text = Files.readString(file, UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.length() < text.length()) {
      Files.writeString(file, whole, UTF_8);
    }
    for (String line : whole.lines().toList()) {
      JsonNode entry = new ObjectMapper().readTree(line);
      entries.add(new Entry(entry.path("subject").asText(), entry.path("schema").asText()));
    }
    return entries;
  }
}
