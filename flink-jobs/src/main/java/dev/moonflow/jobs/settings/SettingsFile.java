package dev.moonflow.jobs.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a YAML file, nested or with dotted keys, into flat dotted keys. */
final class SettingsFile {
  private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory()).build();

  private SettingsFile() {}

  static Map<String, String> read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new SettingsException("Settings file " + file + " does not exist.", e);
    } catch (IOException e) {
      throw new SettingsException("Settings file " + file + " cannot be read: " + e + ".", e);
    }
  }

  static Map<String, String> parse(String yaml, String name) {
    Map<String, String> flat = new TreeMap<>();
    try {
      JsonNode root = YAML.readTree(yaml);
      if (root == null || root.isMissingNode() || root.isNull()) {
        return flat;
      }
      if (!root.isObject()) {
        throw new SettingsException("Settings file " + name + " must hold keys and values.");
      }
      flatten("", root, flat);
      return flat;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new SettingsException(
          "Settings file " + name + " is not YAML at line " + line + ": " + e.getOriginalMessage(),
          e);
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    node.properties()
        .forEach(
            field -> {
              String key = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(key, value, into);
              } else if (!value.isNull() && into.put(key, text(key, value)) != null) {
                throw new SettingsException("Setting " + key + " is given twice in the file.");
              }
            });
  }

  /** A list becomes the form that Flink's list options read. */
  private static String text(String key, JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : value) {
      if (item.isContainerNode()) {
        throw new SettingsException("Setting " + key + " must be a list of plain values.");
      }
      items.add(item.asText());
    }
    return String.join(";", items);
  }
}
