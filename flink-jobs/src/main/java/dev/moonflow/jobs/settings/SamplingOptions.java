package dev.moonflow.jobs.settings;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** How tokens are chosen, and what is asked: {@code moonflow.generation.} and {@code prompt.}. */
public final class SamplingOptions {
  /** Tokens of an answer where the event does not say. */
  public static final ConfigOption<Integer> MAX_NEW_TOKENS =
      ConfigOptions.key("moonflow.generation.max-new-tokens")
          .intType()
          .defaultValue(512)
          .withDescription("Tokens generated at most for an event that does not say.");

  /** The most that an event may ask for. */
  public static final ConfigOption<Integer> MAX_NEW_TOKENS_LIMIT =
      ConfigOptions.key("moonflow.generation.max-new-tokens-limit")
          .intType()
          .defaultValue(8_192)
          .withDescription(
              "Most tokens that an event may ask for; more sends it to the dead letters.");

  /** Temperature where the event does not say. */
  public static final ConfigOption<Float> TEMPERATURE =
      ConfigOptions.key("moonflow.generation.temperature")
          .floatType()
          .defaultValue(0f)
          .withDescription("Sampling temperature for an event that does not say; 0 is greedy.");

  /** Nucleus mass where the event does not say. */
  public static final ConfigOption<Float> TOP_P =
      ConfigOptions.key("moonflow.generation.top-p")
          .floatType()
          .defaultValue(1f)
          .withDescription("Nucleus mass for an event that does not say; 1 keeps every token.");

  /** What is asked of an image to read. */
  public static final ConfigOption<String> PROMPT_OCR =
      prompt("ocr", "Read all the text in this image.", "an image event with the task ocr");

  /** What is asked of an image to describe. */
  public static final ConfigOption<String> PROMPT_CAPTION =
      prompt("caption", "Describe this image.", "an image event with the task caption");

  /** What is asked of a page. */
  public static final ConfigOption<String> PROMPT_DOCUMENT =
      prompt("document", "Read all the text on this page.", "each page of a document");

  /** What is asked of a line. */
  public static final ConfigOption<String> PROMPT_LINE =
      prompt("line", "Read the text in this line.", "each line of a document");

  /** What is asked of a video frame. */
  public static final ConfigOption<String> PROMPT_FRAME =
      prompt("frame", "Describe this video frame.", "a video frame");

  /** What is asked of a window of a video. */
  public static final ConfigOption<String> PROMPT_WINDOW =
      prompt(
          "window",
          "Describe in one sentence what happens in these frames of a video.",
          "a window of a video (moonflow.video.window)");

  /** How a window tells of what was before it. */
  public static final ConfigOption<String> PROMPT_EARLIER =
      ConfigOptions.key("moonflow.prompt.window-before")
          .stringType()
          .defaultValue("Before that: {caption}\nSay what has changed.\n")
          .withDescription(
              "How the prompt of a window of a video tells of the captions before it, which stand"
                  + " for {caption}, one per line.");

  private SamplingOptions() {}

  private static ConfigOption<String> prompt(String name, String value, String of) {
    return ConfigOptions.key("moonflow.prompt." + name)
        .stringType()
        .defaultValue(value)
        .withDescription("What is asked of " + of + " that brings no prompt of its own.");
  }
}
