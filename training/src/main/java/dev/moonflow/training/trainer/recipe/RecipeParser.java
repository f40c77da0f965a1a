package dev.moonflow.training.trainer.recipe;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML to nodes that know their lines. */
final class RecipeParser {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final int CHARACTERS_MAX = 1 << 20;
  private static final int DEPTH_MAX = 32;

  private final String file;
  private final JsonParser parser;

  private RecipeParser(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** A whole file. */
  static RecipeNode.Keys parse(String yaml, String file) {
    if (yaml.length() > CHARACTERS_MAX) {
      throw new RecipeException(
          "recipe " + file + " is longer than the " + CHARACTERS_MAX + " characters of a recipe.");
    }
    RecipeNode node = node(yaml, file);
    if (node instanceof RecipeNode.Keys keys) {
      return keys;
    }
    throw new RecipeException("recipe " + file + " must hold keys and values.");
  }

  /** A single value, as after {@code --set key=}; all of it stands at line 0. */
  static RecipeNode value(String yaml, String where) {
    return fromCommandLine(node(yaml, where));
  }

  private static RecipeNode fromCommandLine(RecipeNode node) {
    if (node instanceof RecipeNode.Scalar scalar) {
      return new RecipeNode.Scalar(scalar.value(), 0);
    }
    if (node instanceof RecipeNode.Items items) {
      return new RecipeNode.Items(
          items.items().stream().map(RecipeParser::fromCommandLine).toList(), 0);
    }
    Map<String, RecipeNode> values = new LinkedHashMap<>(((RecipeNode.Keys) node).values());
    values.replaceAll((key, value) -> fromCommandLine(value));
    return new RecipeNode.Keys(values, 0);
  }

  private static RecipeNode node(String yaml, String file) {
    try (JsonParser parser = YAML.createParser(yaml)) {
      RecipeParser reader = new RecipeParser(file, parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new RecipeNode.Scalar(null, 1);
      }
      RecipeNode node = reader.read(first, 0);
      if (parser.nextToken() != null) {
        throw new RecipeException("recipe " + file + " must hold one document.");
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new RecipeException(
          "recipe %s is not YAML at line %d: %s."
              .formatted(file, at == null ? 0 : at.getLineNr(), firstLine(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw new RecipeException("recipe " + file + " cannot be read: " + e + ".", e);
    }
  }

  private RecipeNode read(JsonToken token, int depth) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (depth > DEPTH_MAX) {
      throw new RecipeException(
          "recipe %s, line %d: nested more than %d deep.".formatted(file, line, DEPTH_MAX));
    }
    return switch (token) {
      case START_OBJECT -> keys(line, depth);
      case START_ARRAY -> items(line, depth);
      case VALUE_STRING -> new RecipeNode.Scalar(parser.getText(), line);
      case VALUE_NUMBER_INT -> new RecipeNode.Scalar(whole(line), line);
      case VALUE_NUMBER_FLOAT -> new RecipeNode.Scalar(parser.getDoubleValue(), line);
      case VALUE_TRUE -> new RecipeNode.Scalar(true, line);
      case VALUE_FALSE -> new RecipeNode.Scalar(false, line);
      case VALUE_NULL -> new RecipeNode.Scalar(null, line);
      default ->
          throw new RecipeException("recipe %s, line %d: cannot be read.".formatted(file, line));
    };
  }

  private Object whole(int line) throws IOException {
    try {
      return parser.getLongValue();
    } catch (JsonProcessingException e) {
      throw new RecipeException(
          "recipe %s, line %d: %s is too large.".formatted(file, line, parser.getText()), e);
    }
  }

  private RecipeNode items(int line, int depth) throws IOException {
    List<RecipeNode> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(read(t, depth + 1));
    }
    return new RecipeNode.Items(items, line);
  }

  private RecipeNode keys(int line, int depth) throws IOException {
    Map<String, RecipeNode> values = new LinkedHashMap<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
      String key = parser.currentName();
      int keyLine = parser.currentTokenLocation().getLineNr();
      RecipeNode value = atLine(read(parser.nextToken(), depth + 1), keyLine);
      if (values.put(key, value) != null) {
        throw new RecipeException(
            "recipe %s, line %d: key %s is given twice.".formatted(file, keyLine, key));
      }
    }
    return new RecipeNode.Keys(values, line);
  }

  /** A value counts as standing where its key stands. */
  private static RecipeNode atLine(RecipeNode node, int line) {
    if (node instanceof RecipeNode.Scalar scalar) {
      return new RecipeNode.Scalar(scalar.value(), line);
    }
    if (node instanceof RecipeNode.Items items) {
      return new RecipeNode.Items(items.items(), line);
    }
    return new RecipeNode.Keys(((RecipeNode.Keys) node).values(), line);
  }

  private static String firstLine(String message) {
    return message == null ? "it cannot be parsed" : message.lines().findFirst().orElse("");
  }
}
