package dev.moonflow.jobs.settings;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** What an event may weigh, and how documents are read: {@code moonflow.limit.} and others. */
public final class LimitOptions {
  /** Bytes of one payload. */
  public static final ConfigOption<MemorySize> PAYLOAD_BYTES =
      ConfigOptions.key("moonflow.limit.payload-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription("Bytes of one image, frame or document, inline or by claim check.");

  /** Pixels of one image. */
  public static final ConfigOption<Long> IMAGE_PIXELS =
      ConfigOptions.key("moonflow.limit.image-pixels")
          .longType()
          .defaultValue(50_000_000L)
          .withDescription(
              "Pixels (width times height) that an image may declare or a page be rendered to;"
                  + " checked before anything is decoded.");

  /** Pages of one document. */
  public static final ConfigOption<Integer> DOCUMENT_PAGES =
      ConfigOptions.key("moonflow.limit.document-pages")
          .intType()
          .defaultValue(500)
          .withDescription("Pages of one document.");

  /** Images of one question. */
  public static final ConfigOption<Integer> QUESTION_IMAGES =
      ConfigOptions.key("moonflow.limit.question-images")
          .intType()
          .defaultValue(16)
          .withDescription("Images of one question, over all its messages.");

  /** Characters of text of one request. */
  public static final ConfigOption<Integer> TEXT_CHARACTERS =
      ConfigOptions.key("moonflow.limit.text-characters")
          .intType()
          .defaultValue(200_000)
          .withDescription("UTF-16 characters of all text of one event: prompt or messages.");

  /** Messages of one question. */
  public static final ConfigOption<Integer> QUESTION_MESSAGES =
      ConfigOptions.key("moonflow.limit.question-messages")
          .intType()
          .defaultValue(256)
          .withDescription("Messages of one question.");

  /** Resolution of rendered pages. */
  public static final ConfigOption<Integer> DOCUMENT_DPI =
      ConfigOptions.key("moonflow.document.dpi")
          .intType()
          .defaultValue(144)
          .withDescription(
              "Dots per inch at which PDF pages are rendered, where the event does not say.");

  /** Documents being put together. */
  public static final ConfigOption<Duration> DOCUMENT_KEEP =
      ConfigOptions.key("moonflow.document.keep")
          .durationType()
          .defaultValue(Duration.ofHours(24))
          .withDescription(
              "How long the pages of an unfinished document are kept after its first page; past it"
                  + " the document is written with the missing pages as failed.");

  private LimitOptions() {}
}
