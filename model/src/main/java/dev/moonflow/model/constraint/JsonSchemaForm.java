package dev.moonflow.model.constraint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON of a schema behind a node of an automaton; the package's description has the subset. */
final class JsonSchemaForm {
  private static final int CHARACTERS_MAX = 100_000;
  private static final int DEPTH_MAX = 16;
  private static final int VALUES_MAX = 10_000;

  private static final Set<String> ANNOTATIONS =
      Set.of("$schema", "$id", "$comment", "title", "description", "default", "examples");

  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "enum",
          "const",
          "anyOf");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final ByteNfa nfa;

  private JsonSchemaForm(ByteNfa nfa) {
    this.nfa = nfa;
  }

  /** Appends a schema; returns the node where its values end. */
  static int append(String schema, ByteNfa nfa, int from) throws ConstraintException {
    if (schema.length() > CHARACTERS_MAX) {
      throw new ConstraintException(
          "the JSON schema has %d characters; %d are allowed."
              .formatted(schema.length(), CHARACTERS_MAX));
    }
    JsonNode root;
    try {
      root = JSON.readTree(schema);
    } catch (NumberFormatException e) { // of a number whose exponent no number has
      throw new ConstraintException("the JSON schema is not JSON: " + e.getMessage() + ".");
    } catch (JsonProcessingException e) {
      throw new ConstraintException(
          "the JSON schema is not JSON: %s (line %d, column %d)."
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
    }
    return new JsonSchemaForm(nfa).value(root, "#", 0, from);
  }

  private int value(JsonNode schema, String path, int depth, int from) throws ConstraintException {
    if (depth > DEPTH_MAX) {
      throw fault(path, "is nested more than " + DEPTH_MAX + " deep");
    }
    if (!schema.isObject()) {
      throw fault(path, "must be an object");
    }
    for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYWORDS.contains(name) && !ANNOTATIONS.contains(name)) {
        throw fault(path, "has the keyword \"" + name + "\", which is not understood");
      }
    }
    if (schema.has("const")) {
      return nfa.text(from, schema.get("const").toString());
    }
    if (schema.has("enum")) {
      return enumeration(schema.get("enum"), path, from);
    }
    if (schema.has("anyOf")) {
      return anyOf(schema.get("anyOf"), path, depth, from);
    }
    int to = nfa.node();
    for (String type : types(schema, path)) {
      nfa.skip(typed(type, schema, path, depth, from), to);
    }
    return to;
  }

  private int enumeration(JsonNode values, String path, int from) throws ConstraintException {
    if (!values.isArray() || values.isEmpty() || values.size() > VALUES_MAX) {
      throw fault(path + "/enum", "must hold 1 to " + VALUES_MAX + " values");
    }
    int to = nfa.node();
    for (JsonNode value : values) {
      nfa.skip(nfa.text(from, value.toString()), to);
    }
    return to;
  }

  private int anyOf(JsonNode schemas, String path, int depth, int from) throws ConstraintException {
    if (!schemas.isArray() || schemas.isEmpty()) {
      throw fault(path + "/anyOf", "must hold at least one schema");
    }
    int to = nfa.node();
    for (int i = 0; i < schemas.size(); i++) {
      nfa.skip(value(schemas.get(i), path + "/anyOf/" + i, depth + 1, from), to);
    }
    return to;
  }

  private List<String> types(JsonNode schema, String path) throws ConstraintException {
    JsonNode type = schema.get("type");
    if (type == null) {
      if (schema.has("properties")) {
        return List.of("object");
      }
      if (schema.has("items")) {
        return List.of("array");
      }
      throw fault(path, "has none of type, properties, items, enum, const and anyOf");
    }
    List<String> types = new ArrayList<>();
    for (JsonNode each : type.isArray() ? type : JSON.createArrayNode().add(type)) {
      if (!each.isTextual()) {
        throw fault(path + "/type", "must be the name of a type or a list of such names");
      }
      types.add(each.textValue());
    }
    if (types.isEmpty()) {
      throw fault(path + "/type", "must name at least one type");
    }
    return types;
  }

  private int typed(String type, JsonNode schema, String path, int depth, int from)
      throws ConstraintException {
    switch (type) {
      case "object":
        return object(schema, path, depth, from);
      case "array":
        return array(schema, path, depth, from);
      case "string":
        return string(schema, path, from);
      case "number", "integer":
        NumberForm form =
            new NumberForm(
                type.equals("integer"),
                number(schema, "minimum", path),
                number(schema, "maximum", path));
        try {
          return form.append(nfa, from);
        } catch (ConstraintException e) {
          throw fault(path, "cannot be met: " + e.getMessage().replaceFirst("\\.$", ""));
        }
      case "boolean":
        int to = nfa.node();
        nfa.skip(nfa.text(from, "true"), to);
        nfa.skip(nfa.text(from, "false"), to);
        return to;
      case "null":
        return nfa.text(from, "null");
      default:
        throw fault(path + "/type", "has the type \"" + type + "\", which is not understood");
    }
  }

  /** Two rows of nodes: nothing written yet, and something, behind which a comma must stand. */
  private int object(JsonNode schema, String path, int depth, int from) throws ConstraintException {
    JsonNode more = schema.get("additionalProperties");
    if (more != null && !(more.isBoolean() && !more.booleanValue())) {
      throw fault(path + "/additionalProperties", "must be false");
    }
    JsonNode properties = schema.path("properties");
    if (!properties.isObject() && !properties.isMissingNode()) {
      throw fault(path + "/properties", "must be an object");
    }
    Set<String> required = required(schema, path, properties);
    int nothing = nfa.text(from, "{");
    int something = nfa.node();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = "\"" + CharEncoding.escape(property.getKey()) + "\":";
      int key = nfa.node();
      int comma = nfa.text(something, ",");
      nfa.skip(nfa.text(nothing, name), key);
      nfa.skip(nfa.text(optionalSpace(comma), name), key);
      String below = path + "/properties/" + property.getKey();
      int end = value(property.getValue(), below, depth + 1, optionalSpace(key));
      if (required.contains(property.getKey())) {
        nothing = nfa.node(); // nobody comes here any more
      } else {
        nfa.skip(something, end);
      }
      something = end;
    }
    int to = nfa.node();
    nfa.bytes(nothing, to, '}', '}');
    nfa.bytes(something, to, '}', '}');
    return to;
  }

  private static Set<String> required(JsonNode schema, String path, JsonNode properties)
      throws ConstraintException {
    JsonNode required = schema.path("required");
    if (!required.isArray() && !required.isMissingNode()) {
      throw fault(path + "/required", "must be a list of names");
    }
    Set<String> names = new HashSet<>();
    for (JsonNode name : required) {
      if (!properties.has(name.asText())) {
        throw fault(path + "/required", "names \"" + name.asText() + "\", which is no property");
      }
      names.add(name.asText());
    }
    return names;
  }

  private int array(JsonNode schema, String path, int depth, int from) throws ConstraintException {
    JsonNode items = schema.get("items");
    int min = count(schema, "minItems", 0, path);
    int max = count(schema, "maxItems", RegexTree.Repeat.ENDLESS, path);
    checkOrder("minItems", min, "maxItems", max, path);
    int open = nfa.text(from, "[");
    int to = nfa.node();
    if (min == 0) {
      nfa.bytes(open, to, ']', ']');
    }
    if (max != 0) {
      if (items == null) {
        throw fault(path, "is an array without items");
      }
      int first = value(items, path + "/items", depth + 1, open);
      int at = first;
      for (int i = 1; i < Math.max(1, min) && !nfa.isTooLarge(); i++) {
        at = next(items, path, depth, at);
      }
      if (max == RegexTree.Repeat.ENDLESS) {
        int loop = nfa.node();
        nfa.skip(at, loop);
        nfa.skip(next(items, path, depth, loop), loop);
        at = loop;
      }
      nfa.bytes(at, to, ']', ']');
      for (int i = Math.max(1, min); i < max && !nfa.isTooLarge(); i++) {
        at = next(items, path, depth, at);
        nfa.bytes(at, to, ']', ']');
      }
    }
    return to;
  }

  private int next(JsonNode items, String path, int depth, int from) throws ConstraintException {
    return value(items, path + "/items", depth + 1, optionalSpace(nfa.text(from, ",")));
  }

  private int string(JsonNode schema, String path, int from) throws ConstraintException {
    int min = count(schema, "minLength", 0, path);
    int max = count(schema, "maxLength", RegexTree.Repeat.ENDLESS, path);
    checkOrder("minLength", min, "maxLength", max, path);
    RegexTree content = new RegexTree.Repeat(new RegexTree.Chars(CodePoints.ALL), min, max);
    if (schema.has("pattern")) {
      if (schema.has("minLength") || schema.has("maxLength")) {
        throw fault(path, "has both a pattern and a length; put the length into the pattern");
      }
      try {
        content = RegexParser.parseFind(schema.get("pattern").asText());
      } catch (ConstraintException e) {
        throw fault(
            path + "/pattern", "cannot be used: " + e.getMessage().replaceFirst("\\.$", ""));
      }
    }
    int open = nfa.text(from, "\"");
    return nfa.text(RegexForm.append(content, CharEncoding.JSON, nfa, open), "\"");
  }

  private int optionalSpace(int from) {
    int to = nfa.node();
    nfa.skip(from, to);
    nfa.bytes(from, to, ' ', ' ');
    return to;
  }

  private static int count(JsonNode schema, String keyword, int otherwise, String path)
      throws ConstraintException {
    JsonNode value = schema.get(keyword);
    if (value == null) {
      return otherwise;
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt() || value.intValue() < 0) {
      throw fault(path + "/" + keyword, "must be a whole number of at least 0");
    }
    return value.intValue();
  }

  private static void checkOrder(String low, int min, String high, int max, String path)
      throws ConstraintException {
    if (max != RegexTree.Repeat.ENDLESS && min > max) {
      throw fault(path, "has the %s %d above its %s %d".formatted(low, min, high, max));
    }
  }

  private static BigDecimal number(JsonNode schema, String keyword, String path)
      throws ConstraintException {
    JsonNode value = schema.get(keyword);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw fault(path + "/" + keyword, "must be a number");
    }
    return value.decimalValue();
  }

  private static ConstraintException fault(String path, String what) {
    return new ConstraintException("the JSON schema at " + path + " " + what + ".");
  }
}
