package dev.moonflow.connectors.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The registration of schemas before a job starts. */
public final class SchemaRegistration {
  private static final String COMPATIBILITY = "BACKWARD";

  /** Levels that promise at least what BACKWARD does: someone chose them, so they stay. */
  private static final Set<String> STRICT_ENOUGH =
      Set.of(COMPATIBILITY, "BACKWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");

  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final RegistrySettings settings;
  private final SchemaRegistryClient client;

  private SchemaRegistration(RegistrySettings settings, SchemaRegistryClient client) {
    this.settings = settings;
    this.client = client;
  }

  /** The subject under which a topic's value schema is registered. */
  public static String subject(String topic) {
    return topic + "-value";
  }

  /**
   * Registers each topic's value schema under BACKWARD compatibility, or under a stricter level
   * that the subject already has. Doing it again changes nothing.
   *
   * @param schemas the schema of each topic, by the topic's name
   * @return the id of each topic's schema, by the topic's name
   * @throws RegistrationRefusedException when the registry finds a schema incompatible with the
   *     versions it has, or refuses for another reason
   * @throws RegistryUnavailableException when the registry cannot be reached or does not answer
   */
  public static Map<String, Integer> registerAll(
      RegistrySettings registry, Map<String, Schema> schemas)
      throws RegistrationRefusedException, RegistryUnavailableException {
    SchemaRegistryClient client = RegistryClients.open(registry);
    try {
      SchemaRegistration registration = new SchemaRegistration(registry, client);
      Map<String, Integer> ids = new LinkedHashMap<>();
      for (Map.Entry<String, Schema> each : schemas.entrySet()) {
        ids.put(each.getKey(), registration.register(each.getKey(), each.getValue()));
      }
      return ids;
    } finally {
      RegistryClients.close(client);
    }
  }

  private int register(String topic, Schema schema)
      throws RegistrationRefusedException, RegistryUnavailableException {
    String subject = subject(topic);
    AvroSchema avro = new AvroSchema(schema);
    try {
      // A new subject cannot be configured everywhere before it has a version, and an old one must
      // be held to its level by the registration: so the order depends on which it is.
      boolean existed = exists(subject);
      if (existed) {
        raiseCompatibility(subject);
      }
      int id = registerOrFind(subject, avro);
      if (!existed) {
        raiseCompatibility(subject);
      }
      return id;
    } catch (RestClientException e) {
      throw refusalOrOutage(topic, schema, e);
    } catch (IOException e) {
      throw RegistryClients.unavailable(settings, "registering the schema of " + topic, e);
    }
  }

  private boolean exists(String subject) throws IOException, RestClientException {
    try {
      return !client.getAllVersions(subject).isEmpty();
    } catch (RestClientException e) {
      if (RegistryClients.isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }

  private void raiseCompatibility(String subject) throws IOException, RestClientException {
    if (isStrictEnough(subject)) {
      return;
    }
    try {
      client.updateCompatibility(subject, COMPATIBILITY);
    } catch (RestClientException e) {
      // Someone else may have set it at the same moment, which some registries answer with 409.
      if (e.getStatus() != CONFLICT || !isStrictEnough(subject)) {
        throw e;
      }
    }
  }

  private boolean isStrictEnough(String subject) throws IOException, RestClientException {
    try {
      return STRICT_ENOUGH.contains(client.getCompatibility(subject));
    } catch (RestClientException e) {
      if (RegistryClients.isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Some registries answer 409 to one of two that register the same schema at the same moment. */
  private int registerOrFind(String subject, AvroSchema schema)
      throws IOException, RestClientException {
    try {
      return client.register(subject, schema);
    } catch (RestClientException refused) {
      if (refused.getStatus() != CONFLICT) {
        throw refused;
      }
      try {
        return client.getId(subject, schema);
      } catch (RestClientException absent) {
        throw refused;
      }
    }
  }

  private RegistrationRefusedException refusalOrOutage(
      String topic, Schema schema, RestClientException answer) throws RegistryUnavailableException {
    if (answer.getStatus() >= SERVER_ERROR || answer.getStatus() == TOO_MANY_REQUESTS) {
      throw RegistryClients.unavailable(settings, "registering the schema of " + topic, answer);
    }
    String refused =
        answer.getStatus() == CONFLICT
            ? " is not compatible with the versions registered before: "
            : " is refused: ";
    return new RegistrationRefusedException(
        "the schema of "
            + schema.getFullName()
            + " for topic "
            + topic
            + " at "
            + settings.url()
            + refused
            + answer.getMessage(),
        answer);
  }
}
