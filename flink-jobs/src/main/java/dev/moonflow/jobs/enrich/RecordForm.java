package dev.moonflow.jobs.enrich;

import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.ingest.FieldRejectedException;

/** How a user's records are written: what is read of them, and how the answer gets into them. */
public sealed interface RecordForm extends AutoCloseable permits JsonForm, AvroForm {

  /**
   * The fields that the settings name.
   *
   * @throws UndecodableRecordException if the value is not of this form
   * @throws FieldRejectedException if a field cannot be used, or the answer's is there already
   */
  RecordFields read(byte[] value)
      throws UndecodableRecordException, FieldRejectedException, RegistryUnavailableException;

  /**
   * The value with one more field.
   *
   * @param answer its text; null if there is none
   * @throws UndecodableRecordException if the value is not of this form
   */
  byte[] extend(byte[] value, String answer)
      throws UndecodableRecordException, RegistrationRefusedException, RegistryUnavailableException;

  @Override
  void close();

  /** The form of the settings. */
  static RecordForm of(EnrichSettings settings) {
    return switch (settings.format()) {
      case JSON -> new JsonForm(settings);
      case AVRO -> new AvroForm(settings);
    };
  }
}
