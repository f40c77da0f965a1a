package dev.moonflow.connectors.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * A writer of one topic's values in Confluent's wire format. It looks its schema's id up once and
 * never registers: registering from parallel subtasks races. Not serialisable and not thread-safe.
 *
 * @param <T> the generated record
 */
public final class ResultWriter<T extends SpecificRecord> implements AutoCloseable {
  private final RegistrySettings settings;
  private final SchemaRegistryClient client;
  private final String topic;
  private final Schema schema;
  private final SpecificDatumWriter<T> writer;
  private byte[] header;
  private BinaryEncoder encoder;

  /** A writer for {@code topic}; contacts the registry at the first record, not now. */
  public ResultWriter(RegistrySettings registry, String topic, Class<T> recordType) {
    this.settings = registry;
    this.client = RegistryClients.open(registry);
    this.topic = topic;
    SpecificData model = SpecificData.getForClass(recordType);
    this.schema = model.getSchema(recordType);
    this.writer = new SpecificDatumWriter<>(schema, model);
  }

  /**
   * The value that encodes {@code record}.
   *
   * @throws RegistryUnavailableException when the registry cannot be reached
   * @throws IllegalStateException when the topic's schema was not registered before
   */
  public byte[] write(T record) throws RegistryUnavailableException {
    if (header == null) {
      header = WireFormat.header(lookUpId());
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(header);
    encoder = EncoderFactory.get().directBinaryEncoder(value, encoder);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return value.toByteArray();
  }

  private int lookUpId() throws RegistryUnavailableException {
    String subject = SchemaRegistration.subject(topic);
    try {
      return client.getId(subject, new AvroSchema(schema));
    } catch (RestClientException e) {
      if (RegistryClients.isNotFound(e)) {
        throw new IllegalStateException(
            "this version of "
                + schema.getName()
                + " is not registered under "
                + subject
                + " at "
                + settings.url()
                + ": register the schemas before the job starts",
            e);
      }
      throw RegistryClients.unavailable(settings, "looking up the schema of " + topic, e);
    } catch (IOException e) {
      throw RegistryClients.unavailable(settings, "looking up the schema of " + topic, e);
    }
  }

  @Override
  public void close() {
    RegistryClients.close(client);
  }
}
