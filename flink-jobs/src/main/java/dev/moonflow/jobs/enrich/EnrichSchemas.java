package dev.moonflow.jobs.enrich;

import dev.moonflow.connectors.registry.AvroRecords;
import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.EnrichOptions.RecordFormat;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import java.util.Optional;
import org.apache.avro.Schema;

/** The schema of the enriched topic, registered before the job starts where that can be. */
public final class EnrichSchemas {
  private EnrichSchemas() {}

  /**
   * Registers the newest schema of the input with the answer's field. Where the input has none yet,
   * its records bring it.
   *
   * @throws SettingsException if the registry refuses
   */
  public static void register(Settings settings) {
    if (!EnrichSettings.isOn(settings)) {
      return;
    }
    EnrichSettings enrich = EnrichSettings.of(settings);
    if (enrich.format() != RecordFormat.AVRO) {
      return;
    }
    try (AvroRecords records = new AvroRecords(enrich.ingest().registry())) {
      Optional<Schema> written = records.latest(settings.get(EnrichOptions.TOPIC));
      if (written.isPresent()) {
        records.register(
            enrich.to(),
            ExtendedSchema.of(written.get(), enrich.answerField(), enrich.constraint()));
      }
    } catch (UndecodableRecordException
        | RegistrationRefusedException
        | RegistryUnavailableException e) {
      throw new SettingsException(
          "The schema of " + enrich.to() + " cannot be registered: " + e.getMessage(), e);
    }
  }
}
