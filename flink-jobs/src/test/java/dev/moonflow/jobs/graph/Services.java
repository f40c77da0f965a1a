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
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Broker and registry of one test, topics and schemas in place. */
final class Services implements AutoCloseable {
  static final int PARTITIONS = 2;

  private final AutoCloseable broker;
  private final String bootstrapServers;
  private final AutoCloseable registry;
  private final String registryUrl;

  private Services(
      AutoCloseable broker, String bootstrapServers, AutoCloseable registry, String registryUrl) {
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
    this.registry = registry;
    this.registryUrl = registryUrl;
  }

  /** Both inside this process. */
  static Services embedded() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.start();
    Services services = with(registry, registry.url());
    services.registerSchemas(Topics.avro());
    return services;
  }

  /**
   * A broker inside this process, beside a registry that runs already; only events' schemas are
   * registered, as their publishers do it.
   */
  static Services with(AutoCloseable registry, String registryUrl) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.startTemporary();
    broker.createTopics(topics(), PARTITIONS);
    Services services = new Services(broker, broker.bootstrapServers(), registry, registryUrl);
    services.registerSchemas(Topics.inputs());
    return services;
  }

  /** A broker that runs already, beside a registry that does. */
  static Services at(String bootstrapServers, AutoCloseable registry, String registryUrl)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> made =
          topics().stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList();
      admin.createTopics(made).all().get();
    }
    Services services = new Services(() -> {}, bootstrapServers, registry, registryUrl);
    services.registerSchemas(Topics.avro());
    return services;
  }

  private static List<String> topics() {
    return Arrays.stream(Topics.values()).map(Topics::defaultName).toList();
  }

  private void registerSchemas(List<Topics> some) throws Exception {
    Map<String, Schema> schemas = new HashMap<>();
    some.forEach(topic -> schemas.put(topic.defaultName(), topic.schema()));
    SchemaRegistration.registerAll(registrySettings(), schemas);
  }

  /** Makes topics beside those of the events. */
  void createTopics(String... names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> made =
          Arrays.stream(names).map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList();
      admin.createTopics(made).all().get();
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
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
