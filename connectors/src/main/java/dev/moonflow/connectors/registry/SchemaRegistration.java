package dev.moonflow.connectors.registry;

import java.util.Map;
import org.apache.avro.Schema;

/** The registration of schemas before a job starts. */
public final class SchemaRegistration {
  private SchemaRegistration() {}

  /** The subject under which a topic's value schema is registered. */
  public static String subject(String topic) {
    return topic + "-value";
  }

  /**
   * Registers each topic's value schema under BACKWARD compatibility. Doing it again changes
   * nothing.
   *
   * @param schemas the schema of each topic, by the topic's name
   * @return the id of each topic's schema, by the topic's name
   * @throws RegistrationRefusedException when the registry finds a schema incompatible with the
   *     versions it has
   * @throws RegistryUnavailableException when the registry cannot be reached or does not answer
   */
  public static Map<String, Integer> registerAll(
      RegistrySettings registry, Map<String, Schema> schemas)
      throws RegistrationRefusedException, RegistryUnavailableException {
    throw new UnsupportedOperationException("being built");
  }
}
