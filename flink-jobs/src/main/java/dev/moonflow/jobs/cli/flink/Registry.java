package dev.moonflow.jobs.cli.flink;

import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The schema registry of some settings. */
public final class Registry {
  private Registry() {}

  /** How to reach it. */
  public static RegistrySettings settings(Settings settings) {
    return new RegistrySettings(
        settings.get(RegistryOptions.URL),
        settings.get(RegistryOptions.PROPERTIES),
        RegistrySettings.DEFAULT_SCHEMAS_MAX);
  }

  /**
   * Registers the schemas of some topics; doing it again changes nothing.
   *
   * @return how many subjects there are now for them
   */
  public static int register(Settings settings, Collection<Topics> topics)
      throws RegistrationRefusedException, RegistryUnavailableException {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    for (Topics topic : topics) {
      if (topic.isAvro()) {
        schemas.put(TopicNames.of(settings, topic), topic.schema());
      }
    }
    return SchemaRegistration.registerAll(settings(settings), schemas).size();
  }
}
