package dev.moonflow.connectors.registry;

import org.apache.avro.specific.SpecificRecord;

/**
 * A writer of one topic's values in Confluent's wire format. It looks its schema's id up once and
 * never registers: registering from parallel subtasks races. Not serialisable and not thread-safe.
 *
 * @param <T> the generated record
 */
public final class ResultWriter<T extends SpecificRecord> implements AutoCloseable {

  /** A writer for {@code topic}; contacts the registry at the first record, not now. */
  public ResultWriter(RegistrySettings registry, String topic, Class<T> recordType) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * The value that encodes {@code record}.
   *
   * @throws RegistryUnavailableException when the registry cannot be reached
   * @throws IllegalStateException when the topic's schema was not registered before
   */
  public byte[] write(T record) throws RegistryUnavailableException {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("being built");
  }
}
