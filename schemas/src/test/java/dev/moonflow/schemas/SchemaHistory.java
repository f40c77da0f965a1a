package dev.moonflow.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The committed versions of a record's schema: {@code avro-history/RECORD/v1.avsc} and so on. */
final class SchemaHistory {
  private SchemaHistory() {}

  static Path folder(Schema schema) {
    return Path.of(
        System.getProperty("moonflow.root.dir"),
        "schemas",
        "src",
        "main",
        "avro-history",
        schema.getName());
  }

  /** Version 1 first; the numbers have no gap. */
  static List<Schema> versions(Schema schema) throws IOException {
    List<Schema> versions = new ArrayList<>();
    while (true) {
      Path file = folder(schema).resolve("v" + (versions.size() + 1) + ".avsc");
      if (!Files.exists(file)) {
        return versions;
      }
      versions.add(new Schema.Parser().parse(Files.readString(file)));
    }
  }

  /** How many files the record's folder has; more than versions when there is a gap. */
  static long files(Schema schema) throws IOException {
    try (var files = Files.list(folder(schema))) {
      return files.count();
    }
  }
}
