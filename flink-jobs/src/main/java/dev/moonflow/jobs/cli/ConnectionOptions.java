package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Which Kafka and which registry: the same settings file as the job's, single settings over it, and
 * short options over those.
 */
final class ConnectionOptions {
  private static final String DEFAULT_BOOTSTRAP = "127.0.0.1:9092";
  private static final String DEFAULT_REGISTRY = "http://127.0.0.1:8081";

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = {
        "Kafka brokers, separated by commas",
        "(moonflow.kafka.bootstrap-servers; default: " + DEFAULT_BOOTSTRAP + ")."
      })
  private String bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = {
        "Schema registry (moonflow.registry.url;",
        "default: " + DEFAULT_REGISTRY + ")."
      })
  private String registry;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file of settings; topics and client properties are taken from it.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of the file; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  /** The settings as given; nothing is filled in. */
  Settings given() {
    Settings settings = Settings.load(config, overrides);
    if (bootstrap != null) {
      settings = settings.with(KafkaOptions.BOOTSTRAP_SERVERS, bootstrap);
    }
    if (registry != null) {
      settings = settings.with(RegistryOptions.URL, registry);
    }
    return settings;
  }

  /** The settings with a local broker and registry where nothing else is said. */
  Settings orLocal() {
    Settings settings = given();
    if (!settings.has(KafkaOptions.BOOTSTRAP_SERVERS)) {
      settings = settings.with(KafkaOptions.BOOTSTRAP_SERVERS, DEFAULT_BOOTSTRAP);
    }
    if (!settings.has(RegistryOptions.URL)) {
      settings = settings.with(RegistryOptions.URL, DEFAULT_REGISTRY);
    }
    return settings;
  }
}
