package dev.moonflow.connectors.registry;

import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;

/** Avro schemas by the id that a value carries; tells a wrong id from a registry that is away. */
record WriterSchemas(SchemaRegistryClient client, RegistrySettings settings) {

  /**
   * The schema with an id; the client remembers it.
   *
   * @throws UndecodableRecordException if there is none, or none of Avro
   * @throws RegistryUnavailableException if the registry does not answer
   */
  Schema get(int id) throws UndecodableRecordException, RegistryUnavailableException {
    try {
      ParsedSchema schema = client.getSchemaById(id);
      if (schema instanceof AvroSchema avro) {
        return avro.rawSchema();
      }
      throw new UndecodableRecordException(
          Reason.UNKNOWN_SCHEMA_ID, "schema id " + id + " is not an Avro schema's");
    } catch (RestClientException e) {
      if (RegistryClients.isNotFound(e)) {
        throw new UndecodableRecordException(
            Reason.UNKNOWN_SCHEMA_ID, "the registry has no schema with id " + id, e);
      }
      throw RegistryClients.unavailable(settings, "looking up schema id " + id, e);
    } catch (IOException e) {
      throw RegistryClients.unavailable(settings, "looking up schema id " + id, e);
    } catch (AvroTypeException e) {
      throw new UndecodableRecordException(
          Reason.UNKNOWN_SCHEMA_ID, "the schema with id " + id + " does not parse", e);
    }
  }
}
