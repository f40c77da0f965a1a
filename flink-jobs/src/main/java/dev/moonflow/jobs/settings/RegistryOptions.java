package dev.moonflow.jobs.settings;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The schema registry: {@code moonflow.registry.}. */
public final class RegistryOptions {
  /** Where the registry answers. */
  public static final ConfigOption<String> URL =
      ConfigOptions.key("moonflow.registry.url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Schema registry that speaks the Confluent protocol, for example"
                  + " http://127.0.0.1:8081. Required.");

  /** Free-form client properties. */
  public static final ConfigOption<Map<String, String>> PROPERTIES =
      ConfigOptions.key("moonflow.registry.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Properties handed to the registry client, for example"
                  + " moonflow.registry.properties.basic.auth.user.info.");

  /** How often a failed look-up is tried again. */
  public static final ConfigOption<Integer> RETRIES =
      ConfigOptions.key("moonflow.registry.retries")
          .intType()
          .defaultValue(10)
          .withDescription(
              "Times that a look-up, or the fetch of a claim check's object, is tried again when"
                  + " the registry or the store does not answer; after that the event goes to the"
                  + " dead letters.");

  /** First pause between two tries. */
  public static final ConfigOption<Duration> RETRY_BACKOFF =
      ConfigOptions.key("moonflow.registry.retry-backoff")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withDescription("Pause before the first retry; each next one is twice it.");

  /** Longest pause between two tries. */
  public static final ConfigOption<Duration> RETRY_BACKOFF_MAX =
      ConfigOptions.key("moonflow.registry.retry-backoff-max")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription("Longest pause between two tries.");

  /** Time after which nothing is tried again. */
  public static final ConfigOption<Duration> RETRY_LIMIT =
      ConfigOptions.key("moonflow.registry.retry-limit")
          .durationType()
          .defaultValue(Duration.ofSeconds(60))
          .withDescription(
              "Time from the first try after which none begins again. A task that waits lets no"
                  + " checkpoint pass: below moonflow.checkpoint.timeout.");

  private RegistryOptions() {}
}
