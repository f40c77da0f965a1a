package dev.moonflow.training.evaluation.loader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a file. Its getters complain in a sentence that names file, place and field.
 *
 * @param file it stands in
 * @param place where, for people: {@code row 3}, {@code line 12}, {@code entry "17"}
 * @param fields by name; bytes are binary nodes
 */
record Row(Path file, String place, JsonNode fields) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where this is, for complaints. */
  String where() {
    return file + ", " + place;
  }

  /** A complaint about a field. */
  EvaluationException complaint(String field, String problem) {
    return new EvaluationException(where() + ": the field \"" + field + "\" " + problem + ".");
  }

  /** Whether a field is there, not null and not empty. */
  boolean has(String field) {
    JsonNode node = node(field);
    return !node.isMissingNode()
        && !node.isNull()
        && !(node.isTextual() && node.asText().isBlank());
  }

  private JsonNode node(String field) {
    return fields.isObject() ? fields.path(field) : MissingNode.getInstance();
  }

  private JsonNode required(String field) {
    if (!has(field)) {
      throw complaint(field, node(field).isMissingNode() ? "is missing" : "is empty");
    }
    return node(field);
  }

  /** Text; a number is written out. */
  String text(String field) {
    JsonNode node = required(field);
    if (!node.isValueNode() || node.isBinary()) {
      throw complaint(field, "must be text");
    }
    return node.asText().strip();
  }

  /** Text, or empty. */
  String textOrEmpty(String field) {
    return has(field) ? text(field) : "";
  }

  /** The first of several fields that is there: releases differ in their names. */
  String firstText(String... names) {
    for (String name : names) {
      if (has(name)) {
        return text(name);
      }
    }
    throw complaint(names[0], "is missing");
  }

  /** A whole number, which may be written as text. */
  int integer(String field) {
    String text = text(field);
    try {
      double value = Double.parseDouble(text);
      if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      throw complaint(field, "must be a whole number, not \"" + text + "\"");
    }
    throw complaint(field, "must be a whole number, not \"" + text + "\"");
  }

  /**
   * A list of texts: an array, or a string that holds one in JSON's or in Python's notation. A
   * field that is not there is an empty list.
   */
  List<String> texts(String field) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode node = node(field);
    if (node.isTextual() && node.asText().strip().startsWith("[")) {
      return listIn(node.asText().strip(), field);
    }
    if (!node.isArray()) {
      return List.of(text(field));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      texts.add(element.isNull() ? "" : element.asText().strip());
    }
    return texts;
  }

  private List<String> listIn(String text, String field) {
    try {
      JsonNode parsed = JSON.readTree(text);
      List<String> texts = new ArrayList<>();
      for (JsonNode element : parsed) {
        texts.add(element.asText().strip());
      }
      return texts;
    } catch (JsonProcessingException notJson) {
      return PythonList.parse(text)
          .orElseThrow(() -> complaint(field, "is no list: " + shortened(text)));
    }
  }

  /** Numbers of a list. */
  double[] numbers(String field, int count) {
    List<String> texts = texts(field);
    double[] numbers = new double[texts.size()];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(texts.get(i));
      }
    } catch (NumberFormatException e) {
      throw complaint(field, "must hold numbers, not " + shortened(texts.toString()));
    }
    if (numbers.length != count) {
      throw complaint(field, "must hold " + count + " numbers, not " + numbers.length);
    }
    return numbers;
  }

  /** Bytes of an image: binary, base64 text, or a structure with the field {@code bytes}. */
  byte[] bytes(String field) {
    JsonNode node = required(field);
    JsonNode holder = node.isObject() ? node.path("bytes") : node;
    if (holder.isMissingNode() || holder.isNull()) {
      throw complaint(field, "has no bytes");
    }
    try {
      byte[] bytes = holder.binaryValue();
      if (bytes == null || bytes.length == 0) {
        throw complaint(field, "has no bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw complaint(field, "is no base64");
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + " …";
  }
}
