package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.ingest.Constraints;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintException;
import dev.moonflow.schemas.GenerationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * How to generate: {@code --max-new-tokens}, {@code --temperature}, {@code --top-p}, {@code
 * --seed}; and what the answer must look like: {@code --choices}, {@code --regex}, {@code
 * --number}, {@code --json-schema}.
 */
final class GenerationOptionsMixin {
  @Option(names = "--max-new-tokens", paramLabel = "N", description = "Tokens to generate at most.")
  private Integer maxNewTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Sampling temperature from 0 (greedy) to 2.")
  private Float temperature;

  @Option(names = "--top-p", paramLabel = "P", description = "Nucleus mass, above 0 and at most 1.")
  private Float topP;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Sampling seed; without it one is derived from the event's id.")
  private Long seed;

  @Option(
      names = "--choices",
      paramLabel = "A,B",
      split = ",",
      description = "The answer is one of these texts.")
  private List<String> choices;

  @Option(
      names = "--regex",
      paramLabel = "REGEX",
      description = "The answer matches this regular expression as a whole.")
  private String regex;

  @Option(
      names = "--number",
      paramLabel = "RANGE",
      description = "The answer is a number: integer or decimal, as in \"integer 0..100\".")
  private String number;

  @Option(
      names = "--json-schema",
      paramLabel = "FILE",
      description = "The answer is JSON that this schema accepts: a file, or the schema itself.")
  private String jsonSchema;

  /** Checks the ranges. */
  void check() {
    if (maxNewTokens != null && maxNewTokens < 1) {
      throw new UserException("--max-new-tokens must be at least 1, got " + maxNewTokens + ".");
    }
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw new UserException("--temperature must lie in 0 to 2, got " + temperature + ".");
    }
    if (topP != null && !(topP > 0 && topP <= 1)) {
      throw new UserException("--top-p must lie above 0 and at most at 1, got " + topP + ".");
    }
    try {
      Constraint constraint = constraint();
      if (constraint != null) {
        constraint.compile();
      }
    } catch (ConstraintException e) {
      throw new UserException("The answer cannot be constrained so: " + e.getMessage(), e);
    }
  }

  /** As the field of an event; null where nothing was said. */
  GenerationOptions forEvent() {
    check();
    boolean free = constraint() == null;
    if (free && maxNewTokens == null && temperature == null && topP == null && seed == null) {
      return null;
    }
    return GenerationOptions.newBuilder()
        .setMaxNewTokens(maxNewTokens)
        .setTemperature(temperature)
        .setTopP(topP)
        .setSeed(seed)
        .setChoices(choices)
        .setRegex(regex)
        .setNumber(number)
        .setJsonSchema(jsonSchema == null ? null : schema())
        .build();
  }

  /** What the answer must look like, or null. */
  Constraint constraint() {
    try {
      return Constraints.one(choices, regex, number, jsonSchema == null ? null : schema());
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "Give at most one of --choices, --regex, --number and --json-schema.", e);
    }
  }

  private String schema() {
    if (jsonSchema.stripLeading().startsWith("{")) {
      return jsonSchema;
    }
    try {
      return Files.readString(Path.of(jsonSchema));
    } catch (IOException | InvalidPathException e) {
      throw new UserException("--json-schema " + jsonSchema + " cannot be read: " + e, e);
    }
  }

  int maxNewTokens(int otherwise) {
    return maxNewTokens == null ? otherwise : maxNewTokens;
  }

  float temperature() {
    return temperature == null ? 0f : temperature;
  }

  float topP() {
    return topP == null ? 1f : topP;
  }

  long seed() {
    return seed == null ? 0L : seed;
  }
}
