package dev.moonflow.connectors.registry;

import dev.moonflow.connectors.naming.FailureText;
import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * A reader of one topic's values: Confluent's wire format to the generated record, whatever
 * compatible version it was written with. Not serialisable and not thread-safe: an operator makes
 * one when it opens.
 *
 * @param <T> the generated record
 */
public final class EventReader<T extends SpecificRecord> implements AutoCloseable {
  private final SchemaRegistryClient client;
  private final WriterSchemas schemas;
  private final SpecificData model;
  private final Schema expected;
  private final Map<Integer, SpecificDatumReader<T>> readers;
  private BinaryDecoder decoder;

  /** A reader of {@code recordType}; contacts the registry at the first record, not now. */
  public EventReader(RegistrySettings registry, Class<T> recordType) {
    this.client = RegistryClients.open(registry);
    this.schemas = new WriterSchemas(client, registry);
    this.model = SpecificData.getForClass(recordType);
    this.expected = model.getSchema(recordType);
    this.readers = new BoundedReaders<>(registry.schemasMax());
  }

  /**
   * The record that {@code value} encodes.
   *
   * @param value a Kafka record's value; may be null
   * @throws UndecodableRecordException when the value is at fault
   * @throws RegistryUnavailableException when the registry is
   */
  public T read(byte[] value) throws UndecodableRecordException, RegistryUnavailableException {
    int id = WireFormat.schemaId(value);
    SpecificDatumReader<T> reader = readers.get(id);
    if (reader == null) {
      reader = readerFor(id);
      readers.put(id, reader);
    }
    return decode(reader, value);
  }

  private T decode(SpecificDatumReader<T> reader, byte[] value) throws UndecodableRecordException {
    int length = value.length - WireFormat.BODY_OFFSET;
    decoder = DecoderFactory.get().binaryDecoder(value, WireFormat.BODY_OFFSET, length, decoder);
    try {
      T record = reader.read(null, new BoundedDecoder(decoder));
      if (!decoder.isEnd()) {
        throw new UndecodableRecordException(
            Reason.MALFORMED,
            "the value is longer than the " + expected.getName() + " that it encodes");
      }
      return record;
    } catch (EOFException e) {
      throw new UndecodableRecordException(
          Reason.TRUNCATED,
          "the value of " + value.length + " bytes ends within the " + expected.getName(),
          e);
    } catch (StackOverflowError e) {
      throw nested(expected, e);
    } catch (IOException | RuntimeException e) {
      // Avro meets bad lengths, bad branches and bad UTF-8 with a zoo of unchecked exceptions.
      throw new UndecodableRecordException(
          Reason.MALFORMED,
          "the value is not an encoding of " + expected.getName() + ": " + FailureText.of(e),
          e);
    }
  }

  /** A schema that holds itself lets a value nest as deeply as it has bytes. */
  static UndecodableRecordException nested(Schema schema, StackOverflowError e) {
    return new UndecodableRecordException(
        Reason.MALFORMED, "the value nests " + schema.getName() + " too deeply", e);
  }

  private SpecificDatumReader<T> readerFor(int id)
      throws UndecodableRecordException, RegistryUnavailableException {
    Schema written = schemas.get(id);
    if (!written.getType().equals(Schema.Type.RECORD)
        || !written.getFullName().equals(expected.getFullName())) {
      throw new UndecodableRecordException(
          Reason.WRONG_RECORD_TYPE,
          "schema id "
              + id
              + " is of "
              + written.getFullName()
              + ", but this topic carries "
              + expected.getFullName());
    }
    var compatibility =
        SchemaCompatibility.checkReaderWriterCompatibility(expected, written).getResult();
    if (compatibility.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      throw new UndecodableRecordException(
          Reason.INCOMPATIBLE_SCHEMA,
          "schema id "
              + id
              + " of "
              + expected.getName()
              + " cannot be read as this version of it: "
              + compatibility.getIncompatibilities().get(0).getMessage());
    }
    return new SpecificDatumReader<>(written, expected, model);
  }

  @Override
  public void close() {
    RegistryClients.close(client);
  }

  /** The readers by schema id, the longest unused forgotten first. */
  private static final class BoundedReaders<V> extends LinkedHashMap<Integer, V> {
    private static final long serialVersionUID = 1L;
    private final int sizeMax;

    BoundedReaders(int sizeMax) {
      super(16, 0.75f, true);
      this.sizeMax = sizeMax;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
      return size() > sizeMax;
    }
  }
}
