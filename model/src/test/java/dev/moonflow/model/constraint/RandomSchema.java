package dev.moonflow.model.constraint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;

/** Draws JSON schemas out of everything that is understood. */
public final class RandomSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String[] PATTERNS = {"^[a-z]+$", "ab?", "^x", "\\\\|\"", "^\\d{3}$", "é|€"};

  private RandomSchema() {}

  /** A schema of at most some levels. */
  public static ObjectNode draw(SplittableRandom random, int depth) {
    ObjectNode schema = JSON.objectNode();
    switch (random.nextInt(depth > 0 ? 11 : 8)) {
      case 0 -> schema.put("type", "boolean");
      case 1 -> schema.put("type", "null");
      case 2, 3 -> string(schema, random);
      case 4 -> number(schema, random, "integer");
      case 5 -> number(schema, random, "number");
      case 6 -> {
        ArrayNode values = schema.putArray("enum");
        values.add("red\n\"quoted\"").add(3).addNull().add(JSON.objectNode().put("k", true));
      }
      case 7 -> schema.putArray("type").add("string").add("null").add("integer");
      case 8 -> {
        schema.put("type", "array");
        schema.set("items", draw(random, depth - 1));
        int min = random.nextInt(3);
        schema.put("minItems", min);
        if (random.nextBoolean()) {
          schema.put("maxItems", min + random.nextInt(3));
        }
      }
      case 9 -> {
        ArrayNode either = schema.putArray("anyOf");
        either.add(draw(random, depth - 1)).add(draw(random, depth - 1));
      }
      default -> object(schema, random, depth);
    }
    return schema;
  }

  private static void object(ObjectNode schema, SplittableRandom random, int depth) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (String name : new String[] {"a", "b \"c\"", "dé"}) {
      if (random.nextInt(4) > 0) {
        properties.set(name, draw(random, depth - 1));
        if (random.nextBoolean()) {
          required.add(name);
        }
      }
    }
    if (random.nextBoolean()) {
      schema.put("additionalProperties", false);
    }
  }

  private static void string(ObjectNode schema, SplittableRandom random) {
    schema.put("type", "string");
    if (random.nextBoolean()) {
      schema.put("pattern", PATTERNS[random.nextInt(PATTERNS.length)]);
      return;
    }
    int min = random.nextInt(3);
    schema.put("minLength", min);
    if (random.nextBoolean()) {
      schema.put("maxLength", min + random.nextInt(4));
    }
  }

  private static void number(ObjectNode schema, SplittableRandom random, String type) {
    schema.put("type", type);
    int min = random.nextInt(-50, 50);
    if (random.nextBoolean()) {
      schema.put("minimum", min);
    }
    if (random.nextBoolean()) {
      schema.put("maximum", min + random.nextInt(40) + 0.5);
    }
  }
}
