package dev.moonflow.jobs.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that decide what a result is, byte for byte: what is asked, how tokens are chosen,
 * how documents and videos are read, what is refused. A result carries those that were given as one
 * JSON object of texts by key, so that it can be made again by whoever has the model and the
 * topics. What says where things are, and what may hold secrets, is not among them.
 */
public final class ShapingSettings {
  private static final List<String> PREFIXES =
      List.of(
          "moonflow.topic.",
          "moonflow.generation.",
          "moonflow.prompt.",
          "moonflow.question.",
          "moonflow.video.",
          "moonflow.enrich.",
          "moonflow.limit.",
          "moonflow.claim-check.",
          "moonflow.document.",
          "moonflow.engine.context-tokens",
          "moonflow.engine.patches-per-request");

  private static final JsonMapper JSON = new JsonMapper();

  private ShapingSettings() {}

  /** Whether a setting is one of these. The addresses of live videos can hold passwords. */
  static boolean shapes(String key) {
    return PREFIXES.stream().anyMatch(key::startsWith) && !key.equals(VideoOptions.SOURCES.key());
  }

  /** Those that are given, in the order of their keys. */
  public static String of(Settings settings) {
    ObjectNode given = JSON.createObjectNode();
    new TreeMap<>(settings.asMap())
        .forEach(
            (key, value) -> {
              if (shapes(key)) {
                given.put(key, value);
              }
            });
    return given.toString();
  }

  /**
   * Settings of which these are as a result has them, and all others as they are here.
   *
   * @throws SettingsException if {@code json} is not what {@link #of} writes
   */
  public static Settings over(Settings here, String json) {
    Map<String, String> values = new TreeMap<>(here.asMap());
    values.keySet().removeIf(ShapingSettings::shapes);
    JsonNode given;
    try {
      given = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SettingsException("The settings of the result are not JSON.", e);
    }
    if (!given.isObject()) {
      throw new SettingsException("The settings of the result are not a JSON object.");
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (!shapes(entry.getKey()) || !entry.getValue().isTextual()) {
        throw new SettingsException(
            "The settings of the result hold " + entry.getKey() + ", which shapes no result.");
      }
      values.put(entry.getKey(), entry.getValue().textValue());
    }
    return Settings.of(values);
  }
}
