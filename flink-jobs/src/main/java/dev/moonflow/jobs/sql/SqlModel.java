package dev.moonflow.jobs.sql;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.ingest.Constraints;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.perceive.PerceiveSettings;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.sql.SqlOptions.NullImage;
import dev.moonflow.jobs.sql.SqlOptions.OnError;
import dev.moonflow.model.constraint.Constraint;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * One model of a catalog, its options and columns checked. Travels to the cluster with its
 * functions.
 *
 * @param name of the model, for messages
 * @param settings its options, by the keys of the job's settings
 * @param imageColumn where a row has its image, or -1
 * @param promptColumn where a row has its prompt, or -1
 * @param output the columns of a result, in order
 */
record SqlModel(
    String name, Settings settings, int imageColumn, int promptColumn, List<OutputColumn> output)
    implements Serializable {

  PerceiveSettings perceive() {
    return new PerceiveSettings(settings);
  }

  MediaLimits media() {
    return IngestSettings.mediaLimits(settings);
  }

  Duration timeout() {
    return settings.get(SqlOptions.TIMEOUT);
  }

  boolean asksWithoutImage() {
    return imageColumn < 0 || settings.get(SqlOptions.NULL_IMAGE) == NullImage.ASK;
  }

  /** Whether a row that cannot be answered fails the query. */
  boolean failsOnError() {
    OnError chosen = settings.get(SqlOptions.ON_ERROR);
    return chosen == null ? !output.contains(OutputColumn.ERROR) : chosen == OnError.FAIL;
  }

  /** What is asked of an image where the row does not say. */
  String prompt() {
    if (settings.has(SqlOptions.PROMPT)) {
      return settings.get(SqlOptions.PROMPT);
    }
    return settings.get(SqlOptions.TASK).prompt(settings);
  }

  int promptCharacters() {
    return settings.get(LimitOptions.TEXT_CHARACTERS);
  }

  int maxNewTokens() {
    return settings.get(SamplingOptions.MAX_NEW_TOKENS);
  }

  float temperature() {
    return settings.get(SamplingOptions.TEMPERATURE);
  }

  float topP() {
    return settings.get(SamplingOptions.TOP_P);
  }

  /** The seed of every row, or null when each has its own. */
  Long seed() {
    return settings.get(SqlOptions.SEED);
  }

  /**
   * What answers must look like, or null.
   *
   * @throws IllegalArgumentException if more than one form is given
   */
  Constraint constraint() {
    List<String> choices = settings.get(SqlOptions.CHOICES);
    return Constraints.one(
        choices.isEmpty() ? null : choices,
        settings.get(SqlOptions.REGEX),
        settings.get(SqlOptions.NUMBER),
        settings.get(SqlOptions.JSON_SCHEMA));
  }
}
