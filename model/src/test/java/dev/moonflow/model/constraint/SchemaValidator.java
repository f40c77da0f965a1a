package dev.moonflow.model.constraint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.regex.Pattern;

/**
 * A plain validator of the subset of JSON schema, on the parsed tree: the twin of the automaton.
 */
public final class SchemaValidator {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private SchemaValidator() {}

  /** Whether a text is JSON that a schema accepts. */
  public static boolean accepts(JsonNode schema, String text) {
    try {
      return accepts(schema, JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean accepts(JsonNode schema, JsonNode value) {
    if (schema.has("enum")) {
      for (JsonNode each : schema.get("enum")) {
        if (each.equals(value)) {
          return true;
        }
      }
      return false;
    }
    if (schema.has("anyOf")) {
      for (JsonNode each : schema.get("anyOf")) {
        if (accepts(each, value)) {
          return true;
        }
      }
      return false;
    }
    JsonNode type = schema.get("type");
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (hasType(each.asText(), schema, value)) {
          return true;
        }
      }
      return false;
    }
    return hasType(type.asText(), schema, value);
  }

  private static boolean hasType(String type, JsonNode schema, JsonNode value) {
    return switch (type) {
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "integer" -> value.isIntegralNumber() && inRange(schema, value);
      case "number" -> value.isNumber() && inRange(schema, value);
      case "string" -> value.isTextual() && string(schema, value.textValue());
      case "array" -> value.isArray() && array(schema, value);
      case "object" -> value.isObject() && object(schema, value);
      default -> false;
    };
  }

  private static boolean inRange(JsonNode schema, JsonNode value) {
    return (!schema.has("minimum")
            || value.decimalValue().compareTo(schema.get("minimum").decimalValue()) >= 0)
        && (!schema.has("maximum")
            || value.decimalValue().compareTo(schema.get("maximum").decimalValue()) <= 0);
  }

  private static boolean string(JsonNode schema, String text) {
    int length = text.codePointCount(0, text.length());
    return length >= schema.path("minLength").asInt(0)
        && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && (!schema.has("pattern")
            || Pattern.compile(schema.get("pattern").asText()).matcher(text).find());
  }

  private static boolean array(JsonNode schema, JsonNode value) {
    for (JsonNode item : value) {
      if (!accepts(schema.get("items"), item)) {
        return false;
      }
    }
    return value.size() >= schema.path("minItems").asInt(0)
        && value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE);
  }

  private static boolean object(JsonNode schema, JsonNode value) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        return false;
      }
    }
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode property = schema.path("properties").get(name);
      if (property == null || !accepts(property, value.get(name))) {
        return false;
      }
    }
    return true;
  }
}
