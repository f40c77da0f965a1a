package dev.moonflow.jobs.settings;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/** Every {@code moonflow.} option there is, in the order of the reference page. */
public final class OptionCatalog {
  /** What every key of ours begins with. */
  public static final String PREFIX = "moonflow.";

  private static final Map<String, Class<?>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Kafka and topics", KafkaOptions.class);
    GROUPS.put("Schema registry", RegistryOptions.class);
    GROUPS.put("Model and engine", ModelOptions.class);
    GROUPS.put("Generation and prompts", SamplingOptions.class);
    GROUPS.put("Questions", QuestionOptions.class);
    GROUPS.put("Video", VideoOptions.class);
    GROUPS.put("Enrichment", EnrichOptions.class);
    GROUPS.put("Limits and documents", LimitOptions.class);
    GROUPS.put("Job and checkpoints", JobOptions.class);
    GROUPS.put("State", StateOptions.class);
  }

  /** Groups of options by title, each in the order of declaration. */
  public static final Map<String, List<ConfigOption<?>>> BY_GROUP = collect();

  private OptionCatalog() {}

  /** Every option. */
  public static List<ConfigOption<?>> all() {
    return BY_GROUP.values().stream().<ConfigOption<?>>flatMap(List::stream).toList();
  }

  /** The option that a key sets; a key below a map option sets that option. */
  public static Optional<ConfigOption<?>> find(String key) {
    return all().stream().filter(o -> covers(o, key)).findFirst();
  }

  private static boolean covers(ConfigOption<?> option, String key) {
    return option.key().equals(key) || (isMap(option) && key.startsWith(option.key() + "."));
  }

  /** Whether an option takes any key below its own. */
  static boolean isMap(ConfigOption<?> option) {
    return option.defaultValue() instanceof Map;
  }

  private static Map<String, List<ConfigOption<?>>> collect() {
    Map<String, List<ConfigOption<?>>> groups = new LinkedHashMap<>();
    GROUPS.forEach((title, type) -> groups.put(title, optionsOf(type)));
    return groups;
  }

  private static List<ConfigOption<?>> optionsOf(Class<?> type) {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        try {
          options.add((ConfigOption<?>) field.get(null));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return List.copyOf(options);
  }
}
