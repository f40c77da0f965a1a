package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.enrich.EnrichSchemas;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.configuration.ConfigOption;

/** The schemas of the job's topics, registered before it starts: its subtasks only look them up. */
final class JobSchemas {
  private static final Map<Topics, ConfigOption<String>> NAMES =
      Map.of(
          Topics.IMAGES, KafkaOptions.TOPIC_IMAGES,
          Topics.DOCUMENTS, KafkaOptions.TOPIC_DOCUMENTS,
          Topics.FRAMES, KafkaOptions.TOPIC_FRAMES,
          Topics.QUESTIONS, KafkaOptions.TOPIC_QUESTIONS,
          Topics.OCR, KafkaOptions.TOPIC_OCR,
          Topics.CAPTIONS, KafkaOptions.TOPIC_CAPTIONS,
          Topics.ANSWERS, KafkaOptions.TOPIC_ANSWERS);

  private JobSchemas() {}

  /** Registers what is not registered yet; doing it again changes nothing. */
  static void register(Settings settings) {
    Map<String, Schema> schemas = new HashMap<>();
    NAMES.forEach((topic, name) -> schemas.put(settings.get(name), topic.schema()));
    try {
      SchemaRegistration.registerAll(IngestSettings.registry(settings), schemas);
    } catch (RegistrationRefusedException | RegistryUnavailableException e) {
      throw new SettingsException("Schemas cannot be registered: " + e.getMessage(), e);
    }
    EnrichSchemas.register(settings);
  }
}
