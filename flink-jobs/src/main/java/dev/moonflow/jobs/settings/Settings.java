package dev.moonflow.jobs.settings;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * The settings of one job: values by dotted key. Immutable and serializable, so operators carry
 * them to the cluster.
 *
 * <p>Keys under {@code moonflow.} are ours and {@link #check checked}; every other key is Flink's
 * own and passed on to it.
 */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> values;
  private transient Configuration configuration;

  private Settings(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /** Settings with exactly these values. */
  public static Settings of(Map<String, String> values) {
    return new Settings(values);
  }

  /**
   * Settings from a YAML file, overridden by {@code key=value} pairs, the later pair winning.
   *
   * @param file the YAML file, or null for none
   * @throws SettingsException if the file or a pair cannot be read
   */
  public static Settings load(Path file, Collection<String> overrides) {
    Map<String, String> values = file == null ? new TreeMap<>() : SettingsFile.read(file);
    for (String pair : overrides) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new SettingsException("--set needs key=value, got \"" + pair + "\".");
      }
      values.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return new Settings(values);
  }

  /** The same settings with one more or another value. */
  public Settings with(ConfigOption<?> option, Object value) {
    return with(option.key(), String.valueOf(value));
  }

  /** The same settings with one more or another value. */
  public Settings with(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(values);
    more.put(key, value);
    return new Settings(more);
  }

  /**
   * The value of an option, its default where none is given; null where it has no default.
   *
   * @throws SettingsException if the text is not of the option's type
   */
  public <T> T get(ConfigOption<T> option) {
    try {
      return configuration().get(option);
    } catch (RuntimeException e) {
      throw new SettingsException(
          "Setting " + option.key() + " cannot be read from \"" + raw(option) + "\".", e);
    }
  }

  /** Whether a value is given. */
  public boolean has(ConfigOption<?> option) {
    return configuration().contains(option);
  }

  /** Every given key and its text. */
  public Map<String, String> asMap() {
    return Map.copyOf(values);
  }

  /** Keys that are Flink's own. */
  public Configuration flinkConfiguration() {
    Map<String, String> flink = new TreeMap<>(values);
    flink.keySet().removeIf(k -> k.startsWith(OptionCatalog.PREFIX));
    return Configuration.fromMap(flink);
  }

  /**
   * Checks names, types, ranges and what must be given; called before a job is submitted.
   *
   * @return these settings
   * @throws SettingsException naming the first setting that cannot work
   */
  public Settings check() {
    SettingsCheck.check(this);
    return this;
  }

  /**
   * Checks what a job with sources and sinks of its own needs: names, types, ranges and the model.
   *
   * @return these settings
   * @throws SettingsException naming the first setting that cannot work
   */
  public Settings checkModel() {
    SettingsCheck.checkModel(this);
    return this;
  }

  /**
   * What is wrong with the value of one option by itself, as the end of a sentence whose subject is
   * the option: {@code must lie in 1 to 4096, got 0}.
   *
   * @throws SettingsException if the text is not of the option's type
   */
  public Optional<String> problem(ConfigOption<?> option) {
    return SettingsCheck.problem(this, option);
  }

  private String raw(ConfigOption<?> option) {
    return values.getOrDefault(option.key(), "");
  }

  private Configuration configuration() {
    if (configuration == null) {
      configuration = Configuration.fromMap(values);
    }
    return configuration;
  }
}
