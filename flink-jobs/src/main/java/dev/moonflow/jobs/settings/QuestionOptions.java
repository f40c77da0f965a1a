package dev.moonflow.jobs.settings;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Answers to questions, and what questions may refer to: {@code moonflow.question.}. */
public final class QuestionOptions {
  /** Answers to choose from. */
  public static final ConfigOption<List<String>> CHOICES =
      choices("question", "of a question event that brings no constraint");

  /** What answers match. */
  public static final ConfigOption<String> REGEX =
      text("question", "regex", "Regular expression that the answer matches as a whole.");

  /** What numbers answers are. */
  public static final ConfigOption<String> NUMBER =
      text(
          "question",
          "number",
          "The answer is a number: integer or decimal, optionally with a range as in integer"
              + " 0..100.");

  /** What JSON answers are. */
  public static final ConfigOption<String> JSON_SCHEMA =
      text("question", "json-schema", "JSON schema that the answer keeps to.");

  /** How long events can be referred to. */
  public static final ConfigOption<Duration> SEEN_KEEP =
      ConfigOptions.key("moonflow.question.seen.keep")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long the images and pages of image and document events are kept in state, so"
                  + " that questions with the same source_id can refer to them by id; without it"
                  + " nothing is kept.");

  /** How long a question waits for what it refers to. */
  public static final ConfigOption<Duration> SEEN_WAIT =
      ConfigOptions.key("moonflow.question.seen.wait")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long a question waits for an event that it refers to and that has not been seen;"
                  + " later questions of the same source_id wait behind it. Then it goes to the"
                  + " dead letters.");

  /** Memory of one key. */
  public static final ConfigOption<MemorySize> SEEN_BYTES =
      ConfigOptions.key("moonflow.question.seen.bytes-per-key")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription(
              "Bytes of images and pages kept for one source_id; the oldest leave first.");

  private QuestionOptions() {}

  static ConfigOption<List<String>> choices(String group, String of) {
    return ConfigOptions.key("moonflow." + group + ".choices")
        .stringType()
        .asList()
        .defaultValues()
        .withDescription(
            "Texts separated by semicolons, one of which is the answer "
                + of
                + "; at most one of choices, regex, number and json-schema is given.");
  }

  static ConfigOption<String> text(String group, String name, String what) {
    return ConfigOptions.key("moonflow." + group + "." + name)
        .stringType()
        .noDefaultValue()
        .withDescription(what);
  }
}
