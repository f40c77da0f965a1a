package dev.moonflow.jobs.settings;

import java.time.Duration;
import java.util.List;
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

  /** Pixels of an image's longer side. */
  public static final ConfigOption<Integer> IMAGE_SIDE_PIXELS =
      ConfigOptions.key("moonflow.limit.image-side-pixels")
          .intType()
          .defaultValue(20_000)
          .withDescription("Pixels of the longer side of an image or rendered page.");

  /** Places that claim checks may point to. */
  public static final ConfigOption<List<String>> CLAIM_CHECK_PREFIXES =
      ConfigOptions.key("moonflow.claim-check.allowed-prefixes")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Folders that claim checks may point below, as absolute URIs separated by semicolons,"
                  + " for example s3://scans/incoming/; none allows no claim check at all.");

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

  /** Bytes of one record written. */
  public static final ConfigOption<MemorySize> RECORD_BYTES =
      ConfigOptions.key("moonflow.limit.record-bytes")
          .memoryType()
          .defaultValue(new MemorySize(1_000_000))
          .withDescription(
              "Bytes of one record written, headers included; at most the topics'"
                  + " max.message.bytes, which brokers set to about 1 MB. A result past it goes to"
                  + " the dead letters; a dead letter past it leaves its value out and says so.");

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
