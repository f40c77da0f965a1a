package dev.moonflow.jobs.ingest;

import dev.moonflow.jobs.ingest.IngestSettings.SamplingDefaults;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.schemas.GenerationOptions;
import java.time.Instant;

/** The ranges of fields that every event has; each error names its field. */
final class EventChecks {
  /** Characters of an id. */
  private static final int ID_CHARACTERS_MAX = 1_024;

  private EventChecks() {}

  /** How tokens are chosen for one event, its own wishes first. */
  record Choice(SamplingParameters sampling, int maxNewTokens, Constraint constraint) {}

  static String id(String field, String id) throws FieldRejectedException {
    if (id == null || id.isEmpty() || id.length() > ID_CHARACTERS_MAX) {
      int length = id == null ? 0 : id.length();
      throw new FieldRejectedException(
          field, "must have 1 to " + ID_CHARACTERS_MAX + " characters, has " + length);
    }
    return id;
  }

  static long time(Instant eventTime) throws FieldRejectedException {
    if (eventTime == null) {
      throw new FieldRejectedException("event_time", "is missing");
    }
    return eventTime.toEpochMilli();
  }

  /** The event's own prompt, else the setting's. */
  static String prompt(String own, String otherwise, int charactersMax)
      throws FieldRejectedException {
    if (own != null && own.length() > charactersMax) {
      throw new FieldRejectedException(
          "prompt", "must have at most " + charactersMax + " characters, has " + own.length());
    }
    return own == null ? otherwise : own;
  }

  static int dpi(Integer own, int otherwise) throws FieldRejectedException {
    int dpi = own == null ? otherwise : own;
    if (dpi < 36 || dpi > 600) {
      throw new FieldRejectedException("dpi", "must lie in 36 to 600, got " + dpi);
    }
    return dpi;
  }

  static Choice choice(GenerationOptions own, long derivedSeed, SamplingDefaults otherwise)
      throws FieldRejectedException {
    GenerationOptions options = own == null ? new GenerationOptions() : own;
    int tokens = or(options.getMaxNewTokens(), otherwise.maxNewTokens());
    if (tokens < 1 || tokens > otherwise.maxNewTokensLimit()) {
      throw new FieldRejectedException(
          "options.max_new_tokens",
          "must lie in 1 to " + otherwise.maxNewTokensLimit() + ", got " + tokens);
    }
    float temperature = or(options.getTemperature(), otherwise.temperature());
    if (!(temperature >= 0f && temperature <= 2f)) {
      throw new FieldRejectedException(
          "options.temperature", "must lie in 0 to 2, got " + temperature);
    }
    float topP = or(options.getTopP(), otherwise.topP());
    if (!(topP > 0f && topP <= 1f)) {
      throw new FieldRejectedException(
          "options.top_p", "must lie above 0 and up to 1, got " + topP);
    }
    long seed = or(options.getSeed(), derivedSeed);
    boolean ignoreStop = options.getIgnoreStopTokens();
    return new Choice(
        new SamplingParameters(temperature, topP, seed, ignoreStop),
        tokens,
        Constraints.of(options));
  }

  private static <T> T or(T own, T otherwise) {
    return own == null ? otherwise : own;
  }
}
