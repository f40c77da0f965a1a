package dev.moonflow.jobs.enrich;

import dev.moonflow.jobs.ingest.Constraints;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.EnrichOptions.ImageForm;
import dev.moonflow.jobs.settings.EnrichOptions.RecordFormat;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.OptionCatalog;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.jobs.settings.ShapingSettings;
import dev.moonflow.model.constraint.Constraint;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;

/**
 * What enrichment needs to know of the settings.
 *
 * @param ingest payloads, limits, registry and sampling, as of every event
 * @param to the output topic
 * @param format how records are written
 * @param imageField path of the image's field, or null
 * @param imageForm what that field holds
 * @param template the prompt
 * @param answerField where the answer goes
 * @param constraint of the answer, or null
 * @param recordBytesMax bytes of one record, headers included
 * @param deadLetterTopic what cannot be enriched
 * @param jobName stands in dead letters
 * @param shaping what results depend on, as {@link ShapingSettings} writes it
 */
public record EnrichSettings(
    IngestSettings ingest,
    String to,
    RecordFormat format,
    String imageField,
    ImageForm imageForm,
    Template template,
    String answerField,
    Constraint constraint,
    long recordBytesMax,
    String deadLetterTopic,
    String jobName,
    String shaping)
    implements Serializable {

  /** Whether a topic is to be enriched. */
  public static boolean isOn(Settings settings) {
    return settings.has(EnrichOptions.TOPIC);
  }

  /**
   * Picks them out of the job's settings, which must name a topic.
   *
   * @throws SettingsException if they cannot work
   */
  public static EnrichSettings of(Settings settings) {
    require(settings, EnrichOptions.TO);
    require(settings, EnrichOptions.PROMPT);
    checkTopics(settings);
    String field = settings.get(EnrichOptions.ANSWER_FIELD);
    RecordFormat format = settings.get(EnrichOptions.FORMAT);
    if (format == RecordFormat.AVRO && !field.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw wrong(EnrichOptions.ANSWER_FIELD, "is no name of an Avro field: \"" + field + "\"");
    }
    if (field.contains(".")) {
      throw wrong(EnrichOptions.ANSWER_FIELD, "must not have a point in it: \"" + field + "\"");
    }
    return new EnrichSettings(
        IngestSettings.of(settings),
        settings.get(EnrichOptions.TO),
        format,
        settings.get(EnrichOptions.IMAGE_FIELD),
        settings.get(EnrichOptions.IMAGE_FORM),
        template(settings),
        field,
        Constraints.of(
            settings,
            EnrichOptions.CHOICES,
            EnrichOptions.REGEX,
            EnrichOptions.NUMBER,
            EnrichOptions.JSON_SCHEMA),
        settings.get(LimitOptions.RECORD_BYTES).getBytes(),
        settings.get(KafkaOptions.TOPIC_DEAD_LETTERS),
        settings.get(JobOptions.NAME),
        ShapingSettings.of(settings));
  }

  private static Template template(Settings settings) {
    try {
      return Template.parse(settings.get(EnrichOptions.PROMPT));
    } catch (IllegalArgumentException e) {
      throw wrong(EnrichOptions.PROMPT, e.getMessage());
    }
  }

  private static void require(Settings settings, ConfigOption<String> option) {
    if (!settings.has(option)) {
      throw wrong(option, "is required with " + EnrichOptions.TOPIC.key() + " and not given");
    }
  }

  private static void checkTopics(Settings settings) {
    Set<String> names = new HashSet<>();
    for (ConfigOption<?> option : OptionCatalog.all()) {
      if (option.key().startsWith("moonflow.topic.")) {
        names.add(String.valueOf(settings.get(option)));
      }
    }
    for (ConfigOption<String> option : List.of(EnrichOptions.TOPIC, EnrichOptions.TO)) {
      if (!names.add(settings.get(option))) {
        throw wrong(option, "must not name a topic of another use: " + settings.get(option));
      }
    }
  }

  private static SettingsException wrong(ConfigOption<?> option, String what) {
    return new SettingsException("Setting " + option.key() + " " + what + ".");
  }

  /** Paths that are read of each JSON record. */
  Set<String> wanted() {
    Set<String> wanted = new HashSet<>(template.fields());
    wanted.add(answerField);
    if (imageField != null) {
      wanted.add(imageField);
    }
    return wanted;
  }

  /** Whether the text of an answer is JSON as it stands. */
  boolean answerIsJson() {
    return constraint instanceof Constraint.Numeric || constraint instanceof Constraint.JsonSchema;
  }
}
