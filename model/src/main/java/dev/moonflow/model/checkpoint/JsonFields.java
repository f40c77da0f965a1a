package dev.moonflow.model.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The fields of a JSON object of a configuration file. Every error names the file, the field and
 * the value found.
 */
public final class JsonFields {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long FILE_BYTES_MAX = 64L << 20;

  private final Path file;
  private final String prefix;
  private final JsonNode node;

  private JsonFields(Path file, String prefix, JsonNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
  }

  /**
   * Reads a file that holds one JSON object.
   *
   * @throws CheckpointException if it cannot be read, is larger than 64 MiB or is no object
   */
  public static JsonFields read(Path file) {
    JsonNode node;
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new CheckpointException(
            file + " is larger than the " + FILE_BYTES_MAX + " bytes of a configuration file.");
      }
      node = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          file + " is not valid JSON: " + e.getOriginalMessage() + ".", e);
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    }
    if (!node.isObject()) {
      throw new CheckpointException(file + " does not hold a JSON object.");
    }
    return new JsonFields(file, "", node);
  }

  /** The object under a field. */
  public JsonFields object(String field) {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw bad(field, "must be an object");
    }
    return new JsonFields(file, prefix + field + ".", value);
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** The names of all fields. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** An integer of at least {@code min}. */
  public int integer(String field, int min) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min) {
      throw bad(field, "must be an integer of at least " + min);
    }
    return value.intValue();
  }

  /** A finite number above zero. */
  public double positive(String field) {
    JsonNode value = node.path(field);
    if (!value.isNumber() || !(value.doubleValue() > 0) || Double.isInfinite(value.doubleValue())) {
      throw bad(field, "must be a number above 0");
    }
    return value.doubleValue();
  }

  /** A boolean. */
  public boolean bool(String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw bad(field, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A string. */
  public String string(String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw bad(field, "must be a string");
    }
    return value.textValue();
  }

  /** A list of integers, or one integer as a list of one. */
  public List<Integer> integers(String field) {
    JsonNode value = node.path(field);
    if (value.isIntegralNumber()) {
      return List.of(integer(field, 0));
    }
    List<Integer> values = new ArrayList<>();
    boolean valid = value.isArray();
    for (JsonNode item : value) {
      valid &= item.isIntegralNumber() && item.canConvertToInt() && item.intValue() >= 0;
      values.add(item.intValue());
    }
    if (!valid) {
      throw bad(field, "must be an integer or a list of integers of at least 0");
    }
    return List.copyOf(values);
  }

  /** A list of numbers, as floats. */
  public float[] floats(String field, int length) {
    JsonNode value = node.path(field);
    float[] values = new float[length];
    boolean valid = value.isArray() && value.size() == length;
    for (int i = 0; valid && i < length; i++) {
      valid = value.get(i).isNumber();
      values[i] = value.get(i).floatValue();
    }
    if (!valid) {
      throw bad(field, "must be a list of " + length + " numbers");
    }
    return values;
  }

  /**
   * Refuses a setting that would change the computation in a way that is not built. An absent field
   * passes: its default is the supported value.
   */
  public void requireSupported(String field, Object supported) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return;
    }
    Object found =
        value.isTextual()
            ? value.textValue()
            : value.isBoolean()
                ? (Object) value.booleanValue()
                : value.isIntegralNumber()
                    ? (Object) value.intValue()
                    : value.isNull() ? null : value;
    if (!Objects.equals(found, supported)) {
      throw new CheckpointException(
          "%s: %s%s is %s, and only %s is supported."
              .formatted(file, prefix, field, value, supported));
    }
  }

  /** An error about one field. */
  public CheckpointException bad(String field, String rule) {
    JsonNode value = node.path(field);
    return new CheckpointException(
        "%s: %s%s %s, found %s."
            .formatted(file, prefix, field, rule, value.isMissingNode() ? "nothing" : value));
  }
}
