package dev.moonflow.connectors.registry;

import dev.moonflow.connectors.naming.FailureText;
import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Avro records of any schema in Confluent's wire format: read as they were written, and written
 * anew from encoded pieces. Not serialisable and not thread-safe: an operator makes one when it
 * opens. The client remembers schemas and ids.
 */
public final class AvroRecords implements AutoCloseable {
  private final RegistrySettings settings;
  private final SchemaRegistryClient client;
  private final WriterSchemas schemas;

  /** Contacts the registry at the first record, not now. */
  public AvroRecords(RegistrySettings registry) {
    this.settings = registry;
    this.client = RegistryClients.open(registry);
    this.schemas = new WriterSchemas(client, registry);
  }

  /**
   * The schema that a value was written with.
   *
   * @throws UndecodableRecordException if the value names none, or not of a record
   * @throws RegistryUnavailableException if the registry does not answer
   */
  public Schema schema(byte[] value)
      throws UndecodableRecordException, RegistryUnavailableException {
    int id = WireFormat.schemaId(value);
    Schema schema = schemas.get(id);
    if (schema.getType() != Schema.Type.RECORD) {
      throw new UndecodableRecordException(
          Reason.WRONG_RECORD_TYPE, "schema id " + id + " is not of an Avro record");
    }
    return schema;
  }

  /** The record that a value encodes, read to its end. */
  public GenericRecord read(byte[] value)
      throws UndecodableRecordException, RegistryUnavailableException {
    Schema schema = schema(value);
    int from = WireFormat.BODY_OFFSET;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(value, from, value.length - from, null);
    try {
      GenericRecord record =
          new GenericDatumReader<GenericRecord>(schema).read(null, new BoundedDecoder(decoder));
      if (!decoder.isEnd()) {
        throw new UndecodableRecordException(
            Reason.MALFORMED, "the value is longer than the " + schema.getName() + " it encodes");
      }
      return record;
    } catch (StackOverflowError e) {
      throw EventReader.nested(schema, e);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableRecordException(
          Reason.MALFORMED,
          "the value is not an encoding of " + schema.getName() + ": " + FailureText.of(e),
          e);
    }
  }

  /**
   * A value of another schema: the encoding of the original, byte for byte, and that of the fields
   * which the other schema has behind it.
   */
  public static byte[] extended(byte[] value, int schemaId, byte[] more) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + more.length);
    bytes.writeBytes(WireFormat.header(schemaId));
    bytes.write(value, WireFormat.BODY_OFFSET, value.length - WireFormat.BODY_OFFSET);
    bytes.writeBytes(more);
    return bytes.toByteArray();
  }

  /** The newest schema of a topic's values, if it has one. */
  public Optional<Schema> latest(String topic) throws RegistryUnavailableException {
    String subject = SchemaRegistration.subject(topic);
    try {
      String text = client.getLatestSchemaMetadata(subject).getSchema();
      return Optional.of(new Schema.Parser().parse(text));
    } catch (RestClientException e) {
      if (RegistryClients.isNotFound(e)) {
        return Optional.empty();
      }
      throw RegistryClients.unavailable(settings, "looking up the schema of " + topic, e);
    } catch (IOException e) {
      throw RegistryClients.unavailable(settings, "looking up the schema of " + topic, e);
    }
  }

  /**
   * The id of a schema of a topic's values, registered where it is new.
   *
   * @throws RegistrationRefusedException if the registry does not take it
   */
  public int register(String topic, Schema schema)
      throws RegistrationRefusedException, RegistryUnavailableException {
    try {
      return client.getId(SchemaRegistration.subject(topic), new AvroSchema(schema));
    } catch (RestClientException e) {
      if (!RegistryClients.isNotFound(e)) {
        throw RegistryClients.unavailable(settings, "looking up the schema of " + topic, e);
      }
    } catch (IOException e) {
      throw RegistryClients.unavailable(settings, "looking up the schema of " + topic, e);
    }
    return SchemaRegistration.registerAll(settings, Map.of(topic, schema)).get(topic);
  }

  @Override
  public void close() {
    RegistryClients.close(client);
  }
}
