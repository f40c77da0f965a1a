package dev.moonflow.jobs.enrich;

import dev.moonflow.jobs.ingest.FieldRejectedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A prompt with places for fields. Immutable.
 *
 * @param parts text and paths in turn, beginning and ending with text
 */
record Template(List<String> parts) implements Serializable {
  Template {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException in one sentence without a subject if it cannot be read
   */
  static Template parse(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean twice = at + 1 < text.length() && text.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && twice) {
        part.append(c);
        at++;
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        String path = end < 0 ? "" : text.substring(at + 1, end).strip();
        if (path.isEmpty() || path.contains("{")) {
          throw new IllegalArgumentException(
              "has a { at " + at + " that begins no {field}; {{ stands for a brace");
        }
        parts.add(part.toString());
        parts.add(path);
        part.setLength(0);
        at = end;
      } else if (c == '}') {
        throw new IllegalArgumentException(
            "has a } at " + at + " that ends no {field}; }} stands for a brace");
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return new Template(parts);
  }

  /** The paths of the fields that it needs. */
  Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    for (int i = 1; i < parts.size(); i += 2) {
      fields.add(parts.get(i));
    }
    return fields;
  }

  /**
   * The prompt of a record.
   *
   * @param values texts by path
   * @throws FieldRejectedException naming the first field that is missing
   */
  String fill(Map<String, String> values) throws FieldRejectedException {
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String piece = i % 2 == 0 ? parts.get(i) : values.get(parts.get(i));
      if (piece == null) {
        throw new FieldRejectedException(
            parts.get(i), "is missing, and the prompt of moonflow.enrich.prompt needs it");
      }
      prompt.append(piece);
    }
    return prompt.toString();
  }
}
