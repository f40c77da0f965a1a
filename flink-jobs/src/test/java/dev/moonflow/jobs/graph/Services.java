package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Broker and registry of one test, topics and schemas in place. */
final class Services implements AutoCloseable {
  static final int PARTITIONS = 2;

  private final EmbeddedBroker broker;
  private final AutoCloseable registry;
  private final String registryUrl;

  private Services(EmbeddedBroker broker, AutoCloseable registry, String registryUrl) {
    this.broker = broker;
    this.registry = registry;
    this.registryUrl = registryUrl;
  }

  /** Both inside this process. */
  static Services embedded() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.start();
    return with(registry, registry.url());
  }

  /** A broker inside this process, beside a registry that runs already. */
  static Services with(AutoCloseable registry, String registryUrl) throws Exception {
    Services services = new Services(EmbeddedBroker.startTemporary(), registry, registryUrl);
    services.broker.createTopics(
        Arrays.stream(Topics.values()).map(Topics::defaultName).toList(), PARTITIONS);
    services.registerSchemas();
    return services;
  }

  private void registerSchemas() throws Exception {
    Map<String, Schema> schemas = new HashMap<>();
    Topics.avro().forEach(topic -> schemas.put(topic.defaultName(), topic.schema()));
    SchemaRegistration.registerAll(registrySettings(), schemas);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  RegistrySettings registrySettings() {
    return RegistrySettings.of(registryUrl);
  }

  /** Settings of a job on these services and the golden checkpoint. */
  Settings settings(Path checkpoints) {
    Map<String, String> values = new HashMap<>();
    values.put("moonflow.kafka.bootstrap-servers", bootstrapServers());
    values.put("moonflow.registry.url", registryUrl);
    values.put("moonflow.model.path", Golden.path("checkpoint").toString());
    values.put("moonflow.device", "cpu");
    values.put("moonflow.checkpoint.interval", "300ms");
    values.put("moonflow.checkpoint.directory", checkpoints.toUri().toString());
    values.put("moonflow.job.max-parallelism", "16");
    values.put("moonflow.generation.max-new-tokens", "16");
    return Settings.of(values);
  }

  @Override
  public void close() throws Exception {
    broker.close();
    registry.close();
  }
}
