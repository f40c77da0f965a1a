package dev.moonflow.connectors.registry;

import dev.moonflow.schemas.AvroTrust;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Confluent's registry client, and the meaning of its failures. */
final class RegistryClients {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryClients.class);
  private static final int NOT_FOUND = 404;

  /** The client's own patience is a minute; an operator that waits so long looks hung. */
  private static final Map<String, String> PATIENCE =
      Map.of("http.connect.timeout.ms", "5000", "http.read.timeout.ms", "15000");

  private RegistryClients() {}

  static SchemaRegistryClient open(RegistrySettings settings) {
    AvroTrust.install();
    Map<String, String> properties = new HashMap<>(PATIENCE);
    properties.putAll(settings.clientProperties());
    return new CachedSchemaRegistryClient(
        Arrays.stream(settings.url().split(",")).map(String::strip).toList(),
        settings.schemasMax(),
        List.of(new AvroSchemaProvider()),
        properties);
  }

  static void close(SchemaRegistryClient client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("closing the registry client: {}", e.toString());
    }
  }

  /** Whether the registry answered that it does not have what was asked for. */
  static boolean isNotFound(RestClientException answer) {
    return answer.getStatus() == NOT_FOUND;
  }

  static RegistryUnavailableException unavailable(
      RegistrySettings settings, String doing, Exception cause) {
    return new RegistryUnavailableException(
        "the schema registry at "
            + settings.url()
            + (cause instanceof RestClientException ? " failed at " : " cannot be reached for ")
            + doing
            + ": "
            + (cause.getMessage() == null ? cause.toString() : cause.getMessage()),
        cause);
  }
}
