package dev.moonflow.jobs.results;

import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.ingest.RetrySettings;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.ShapingSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What results need to know of the settings.
 *
 * @param registry where schemas are
 * @param retry how long it is waited for when it does not answer
 * @param ocrTopic texts out
 * @param captionsTopic captions out
 * @param answersTopic answers out
 * @param deadLetterTopic what is too large
 * @param recordBytesMax bytes of one record, headers included
 * @param documentKeep how long an unfinished document is kept
 * @param jobName stands in dead letters
 * @param shaping what results depend on, as {@link ShapingSettings} writes it
 */
public record ResultsSettings(
    RegistrySettings registry,
    RetrySettings retry,
    String ocrTopic,
    String captionsTopic,
    String answersTopic,
    String deadLetterTopic,
    long recordBytesMax,
    Duration documentKeep,
    String jobName,
    String shaping)
    implements Serializable {

  /** Picks them out of the job's settings. */
  public static ResultsSettings of(Settings settings) {
    return new ResultsSettings(
        IngestSettings.registry(settings),
        RetrySettings.of(settings),
        settings.get(KafkaOptions.TOPIC_OCR),
        settings.get(KafkaOptions.TOPIC_CAPTIONS),
        settings.get(KafkaOptions.TOPIC_ANSWERS),
        settings.get(KafkaOptions.TOPIC_DEAD_LETTERS),
        settings.get(LimitOptions.RECORD_BYTES).getBytes(),
        settings.get(LimitOptions.DOCUMENT_KEEP),
        settings.get(JobOptions.NAME),
        ShapingSettings.of(settings));
  }
}
