package dev.moonflow.jobs.sql;

import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.SettingsReference;
import dev.moonflow.jobs.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of {@code CREATE MODEL ... WITH ('provider' = 'moonflow', ...)}: some of its own, and
 * of the job's settings those that fit, by their names without {@code moonflow.}.
 */
public final class SqlOptions {
  static final String PROVIDER = "moonflow";

  /** What becomes of a row whose image is null, in a model that takes images. */
  public enum NullImage {
    /** Nothing: its text is null. */
    SKIP,
    /** Its prompt is asked alone. */
    ASK
  }

  /** What becomes of a row that cannot be answered. */
  public enum OnError {
    /** The query fails. */
    FAIL,
    /** The text is null, and the column {@code error} says why. */
    NULL
  }

  static final ConfigOption<Task> TASK =
      ConfigOptions.key("moonflow.sql.task")
          .enumType(Task.class)
          .defaultValue(Task.OCR)
          .withDescription(
              "What is asked of an image where there is no prompt: ocr (its text) or caption.");

  static final ConfigOption<String> PROMPT =
      text("prompt", "Asked where a row brings no prompt, instead of the task's own.");

  static final ConfigOption<NullImage> NULL_IMAGE =
      ConfigOptions.key("moonflow.sql.null-image")
          .enumType(NullImage.class)
          .defaultValue(NullImage.SKIP)
          .withDescription(
              "A row whose image is null: skip (null in, null out; the model is not asked) or ask"
                  + " (its prompt alone, where it has one).");

  static final ConfigOption<OnError> ON_ERROR =
      ConfigOptions.key("moonflow.sql.on-error")
          .enumType(OnError.class)
          .noDefaultValue()
          .withDescription(
              "A row that cannot be answered (no image, too large, no answer in time): fail (the"
                  + " query) or null (the text; the OUTPUT must declare error STRING, which says"
                  + " why). Without it null where the OUTPUT declares error, else fail.");

  static final ConfigOption<Duration> TIMEOUT =
      ConfigOptions.key("moonflow.sql.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(120))
          .withDescription(
              "How long a row waits for its answer. Below Flink's own limit"
                  + " (table.exec.async-ml-predict.timeout), past which the query fails.");

  static final ConfigOption<Long> SEED =
      ConfigOptions.key("moonflow.sql.seed")
          .longType()
          .noDefaultValue()
          .withDescription(
              "Sampling seed of every row; without it each has its own, made of image and prompt."
                  + " At temperature 0 it does not matter.");

  static final ConfigOption<List<String>> CHOICES =
      ConfigOptions.key("moonflow.sql.choices")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Texts separated by semicolons, one of which is the answer; at most one of choices,"
                  + " regex, number and json-schema is given.");

  static final ConfigOption<String> REGEX =
      text("regex", "Regular expression that the answer matches as a whole.");

  static final ConfigOption<String> NUMBER =
      text(
          "number",
          "The answer is a number: integer or decimal, optionally with a range as in integer"
              + " 0..100.");

  static final ConfigOption<String> JSON_SCHEMA =
      text("json-schema", "JSON schema that the answer keeps to.");

  /** Options by the names that they have in SQL, in the order of the reference page. */
  public static final Map<String, ConfigOption<?>> BY_NAME = byName();

  private SqlOptions() {}

  private static ConfigOption<String> text(String name, String what) {
    return ConfigOptions.key("moonflow.sql." + name)
        .stringType()
        .noDefaultValue()
        .withDescription(what);
  }

  private static Map<String, ConfigOption<?>> byName() {
    Map<String, ConfigOption<?>> options = new LinkedHashMap<>();
    List.of(ModelOptions.PATH, TASK, PROMPT, NULL_IMAGE, ON_ERROR, TIMEOUT)
        .forEach(option -> options.put(name(option), option));
    List.of(SamplingOptions.MAX_NEW_TOKENS, SamplingOptions.TEMPERATURE, SamplingOptions.TOP_P)
        .forEach(option -> options.put(name(option), option));
    List.of(SEED, CHOICES, REGEX, NUMBER, JSON_SCHEMA)
        .forEach(option -> options.put(name(option), option));
    List.of(
            LimitOptions.PAYLOAD_BYTES,
            LimitOptions.IMAGE_PIXELS,
            LimitOptions.IMAGE_SIDE_PIXELS,
            LimitOptions.TEXT_CHARACTERS)
        .forEach(option -> options.put(name(option), option));
    List.of(
            ModelOptions.WEIGHTS,
            ModelOptions.DEVICE,
            ModelOptions.REQUESTS_RUNNING,
            ModelOptions.PATCHES_PER_STEP,
            ModelOptions.TOKENS_PER_STEP,
            ModelOptions.CACHE_TOKENS,
            ModelOptions.PATCHES_PER_REQUEST,
            ModelOptions.CONTEXT_TOKENS,
            ModelOptions.FEATURE_CACHE,
            ModelOptions.PREPARE_THREADS,
            ModelOptions.MATH_THREADS)
        .forEach(option -> options.put(name(option), option));
    return options;
  }

  /** {@code moonflow.model.path} is {@code path}; limits and the engine keep their groups. */
  private static String name(ConfigOption<?> option) {
    return option.key().replaceFirst("^moonflow\\.((model|generation|sql)\\.)?", "");
  }

  /** The reference page {@code docs/sql-options.md}. */
  public static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Options of a model in SQL\n\n")
        .append("Made from the code by `SqlOptions`; a test keeps it up to date.\n\n")
        .append("They stand in `CREATE MODEL ... WITH ('provider' = 'moonflow', ...)`. What is")
        .append(" said here of a subtask holds for\nall rows that share an engine: those of a")
        .append(" TaskManager whose models have the same path, device and `engine` options.\n\n")
        .append("| option | default | range | meaning |\n|---|---|---|---|\n");
    BY_NAME.forEach((name, option) -> page.append(SettingsReference.row(name, option)));
    return page.toString();
  }

  /** Writes the page to the given file. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), page());
  }
}
