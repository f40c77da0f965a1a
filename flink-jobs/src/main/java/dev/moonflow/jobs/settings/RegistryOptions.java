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
          .defaultValue(5)
          .withDescription(
              "Times that a look-up is tried again when the registry does not answer; after that"
                  + " the event goes to the dead letters.");

  /** First pause between two tries. */
  public static final ConfigOption<Duration> RETRY_BACKOFF =
      ConfigOptions.key("moonflow.registry.retry-backoff")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withDescription("Pause before the first retry of a look-up; each next one is twice it.");

  private RegistryOptions() {}
}
