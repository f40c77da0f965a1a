package dev.moonflow.connectors.registry;

import org.apache.avro.specific.SpecificRecord;

/**
 * A reader of one topic's values: Confluent's wire format to the generated record, whatever
 * compatible version it was written with. Not serialisable and not thread-safe: an operator makes
 * one when it opens.
 *
 * @param <T> the generated record
 */
public final class EventReader<T extends SpecificRecord> implements AutoCloseable {

  /** A reader of {@code recordType}; contacts the registry at the first record, not now. */
  public EventReader(RegistrySettings registry, Class<T> recordType) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * The record that {@code value} encodes.
   *
   * @param value a Kafka record's value; may be null
   * @throws UndecodableRecordException when the value is at fault
   * @throws RegistryUnavailableException when the registry is
   */
  public T read(byte[] value) throws UndecodableRecordException, RegistryUnavailableException {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("being built");
  }
}
