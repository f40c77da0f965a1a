package dev.moonflow.jobs.settings;

import dev.moonflow.connectors.naming.NearestName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Finds the first setting that cannot work and says so in one sentence. */
final class SettingsCheck {
  private static final List<ConfigOption<?>> REQUIRED =
      List.of(KafkaOptions.BOOTSTRAP_SERVERS, RegistryOptions.URL, ModelOptions.PATH);

  /** Memory of one Java array. */
  private static final long ARRAY_BYTES_MAX = Integer.MAX_VALUE - 8L;

  /** Windows of one stream that lateness may hold open. */
  private static final int WINDOWS_OPEN = 8;

  private SettingsCheck() {}

  static void check(Settings settings) {
    checkNames(settings);
    OptionCatalog.all().forEach(option -> checkValue(settings, option));
    REQUIRED.forEach(option -> checkGiven(settings, option));
    checkTogether(settings);
  }

  /** What a job with ends of its own needs: no broker, no registry. */
  static void checkModel(Settings settings) {
    checkNames(settings);
    OptionCatalog.all().forEach(option -> checkValue(settings, option));
    checkGiven(settings, ModelOptions.PATH);
    checkGeneration(settings);
  }

  private static void checkNames(Settings settings) {
    List<String> known = OptionCatalog.all().stream().map(ConfigOption::key).toList();
    for (String key : settings.asMap().keySet().stream().sorted().toList()) {
      if (key.startsWith(OptionCatalog.PREFIX) && OptionCatalog.find(key).isEmpty()) {
        throw new SettingsException(
            "There is no setting " + key + "; did you mean " + NearestName.to(key, known) + "?");
      }
    }
  }

  private static void checkValue(Settings settings, ConfigOption<?> option) {
    problem(settings, option)
        .ifPresent(
            what -> {
              throw wrong(option, what);
            });
  }

  /** What is wrong with one value by itself, as the end of a sentence. */
  static Optional<String> problem(Settings settings, ConfigOption<?> option) {
    Object value = settings.get(option);
    if (value instanceof Number number) {
      return Ranges.of(option)
          .filter(range -> !range.holds(number))
          .map(range -> "must lie in " + range + ", got " + number);
    } else if (value instanceof Duration duration && duration.toMillis() < 1) {
      return Optional.of("must be at least 1 ms, got " + duration.toNanos() + " ns");
    } else if (value instanceof MemorySize size
        && (size.getBytes() < 1 || size.getBytes() > ARRAY_BYTES_MAX)) {
      return Optional.of("must lie in 1 to " + ARRAY_BYTES_MAX + " bytes, got " + size);
    } else if (value instanceof String text && text.isBlank()) {
      return Optional.of("must not be empty");
    }
    return Optional.empty();
  }

  private static void checkGiven(Settings settings, ConfigOption<?> option) {
    if (!settings.has(option)) {
      throw wrong(option, "is required and not given");
    }
  }

  private static void checkGeneration(Settings settings) {
    atMost(settings, SamplingOptions.MAX_NEW_TOKENS, SamplingOptions.MAX_NEW_TOKENS_LIMIT);
    atMost(settings, ModelOptions.CONTEXT_TOKENS, ModelOptions.CACHE_TOKENS);
  }

  private static void checkTogether(Settings settings) {
    checkGeneration(settings);
    Integer parallelism = settings.get(JobOptions.PARALLELISM);
    if (parallelism != null && parallelism > settings.get(JobOptions.MAX_PARALLELISM)) {
      throw wrong(
          JobOptions.PARALLELISM,
          "must not be above " + JobOptions.MAX_PARALLELISM.key() + ", got " + parallelism);
    }
    Duration timeout = settings.get(KafkaOptions.TRANSACTION_TIMEOUT);
    if (timeout.compareTo(settings.get(JobOptions.CHECKPOINT_INTERVAL)) <= 0) {
      throw wrong(
          KafkaOptions.TRANSACTION_TIMEOUT,
          "must be above " + JobOptions.CHECKPOINT_INTERVAL.key() + ", or results are lost");
    }
    if (settings
            .get(RegistryOptions.RETRY_LIMIT)
            .compareTo(settings.get(JobOptions.CHECKPOINT_TIMEOUT))
        >= 0) {
      throw wrong(
          RegistryOptions.RETRY_LIMIT, "must be below " + JobOptions.CHECKPOINT_TIMEOUT.key());
    }
    if (settings.has(VideoOptions.WINDOW)) {
      checkVideo(settings);
    }
    distinctTopics(settings);
  }

  /** Bounds the windows that can be open at once. */
  private static void checkVideo(Settings settings) {
    Duration window = settings.get(VideoOptions.WINDOW);
    if (settings.get(VideoOptions.LATENESS).compareTo(window.multipliedBy(WINDOWS_OPEN)) > 0) {
      throw wrong(
          VideoOptions.LATENESS,
          "must be at most " + WINDOWS_OPEN + " times " + VideoOptions.WINDOW.key());
    }
    if (settings.get(VideoOptions.KEEP).compareTo(settings.get(VideoOptions.IDLE)) < 0) {
      throw wrong(VideoOptions.KEEP, "must not be below " + VideoOptions.IDLE.key());
    }
  }

  private static void atMost(
      Settings settings, ConfigOption<Integer> small, ConfigOption<Integer> large) {
    if (settings.get(small) > settings.get(large)) {
      throw wrong(
          small,
          "must not be above "
              + large.key()
              + " ("
              + settings.get(large)
              + "), got "
              + settings.get(small));
    }
  }

  private static void distinctTopics(Settings settings) {
    Map<String, ConfigOption<?>> seen = new HashMap<>();
    for (ConfigOption<?> option : OptionCatalog.all()) {
      if (option.key().startsWith("moonflow.topic.")) {
        ConfigOption<?> other = seen.put(String.valueOf(settings.get(option)), option);
        if (other != null) {
          throw wrong(option, "must not name the same topic as " + other.key());
        }
      }
    }
  }

  private static SettingsException wrong(ConfigOption<?> option, String what) {
    return new SettingsException("Setting " + option.key() + " " + what + ".");
  }
}
