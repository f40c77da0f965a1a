package dev.moonflow.jobs.settings;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** A field for a topic of one's own: {@code moonflow.enrich.}. */
public final class EnrichOptions {
  /** Records in. */
  public static final ConfigOption<String> TOPIC =
      text("topic", "Topic of a user's own records to enrich; without it none is.");

  /** Records out. */
  public static final ConfigOption<String> TO =
      text(
          "to",
          "Topic that the enriched records go to: their keys and headers, and every field as it"
              + " was, with the answer behind them. Required with moonflow.enrich.topic.");

  /** How records are written. */
  public static final ConfigOption<RecordFormat> FORMAT =
      ConfigOptions.key("moonflow.enrich.format")
          .enumType(RecordFormat.class)
          .defaultValue(RecordFormat.JSON)
          .withDescription(
              "How the records are written: json (one object in UTF-8) or avro (under a schema id"
                  + " of the registry).");

  /** Where the image is. */
  public static final ConfigOption<String> IMAGE_FIELD =
      text(
          "image-field",
          "Field with the image, as in photo or page.scan; without it none is shown.");

  /** What the field holds. */
  public static final ConfigOption<ImageForm> IMAGE_FORM =
      ConfigOptions.key("moonflow.enrich.image-form")
          .enumType(ImageForm.class)
          .defaultValue(ImageForm.INLINE)
          .withDescription(
              "What the image's field holds: inline (base64 text, also behind data:...;base64, or"
                  + " Avro bytes) or uri (an object below"
                  + " moonflow.claim-check.allowed-prefixes).");

  /** What is asked. */
  public static final ConfigOption<String> PROMPT =
      text(
          "prompt",
          "What is asked of each record; {field}, {field.of.a.field} and {list.0} stand for its"
              + " fields, {{ and }} for braces. Required with moonflow.enrich.topic.");

  /** Where the answer goes. */
  public static final ConfigOption<String> ANSWER_FIELD =
      ConfigOptions.key("moonflow.enrich.answer-field")
          .stringType()
          .defaultValue("answer")
          .withDescription(
              "Field that the answer goes into, a new one: a number where the answer is constrained"
                  + " to one, JSON where it keeps to a JSON schema (text in Avro), else text.");

  /** Answers to choose from. */
  public static final ConfigOption<List<String>> CHOICES =
      QuestionOptions.choices("enrich", "of an enriched record");

  /** What answers match. */
  public static final ConfigOption<String> REGEX =
      text("regex", "Regular expression that the answer matches as a whole.");

  /** What numbers answers are. */
  public static final ConfigOption<String> NUMBER =
      text(
          "number",
          "The answer is a number: integer or decimal, optionally with a range as in integer"
              + " 0..100.");

  /** What JSON answers are. */
  public static final ConfigOption<String> JSON_SCHEMA =
      text("json-schema", "JSON schema that the answer keeps to.");

  private EnrichOptions() {}

  private static ConfigOption<String> text(String name, String what) {
    return QuestionOptions.text("enrich", name, what);
  }

  /** How a user's records are written. */
  public enum RecordFormat {
    /** One object in UTF-8. */
    JSON,
    /** Avro in Confluent's wire format. */
    AVRO
  }

  /** What the field of an image holds. */
  public enum ImageForm {
    /** The image itself. */
    INLINE,
    /** Where it lies. */
    URI
  }
}
