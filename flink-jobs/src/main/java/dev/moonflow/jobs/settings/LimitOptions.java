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

  /** What of a page becomes one request. */
  public static final ConfigOption<Regions> DOCUMENT_REGIONS =
      ConfigOptions.key("moonflow.document.regions")
          .enumType(Regions.class)
          .defaultValue(Regions.PAGE)
          .withDescription(
              "What the model reads at once: page (a whole page) or lines (each line of text that"
                  + " a layout step finds, so that the lines of many pages share one batch; results"
                  + " then have Markdown, and each line its box and confidence).");

  /** Height of a line as the model sees it. */
  public static final ConfigOption<Integer> DOCUMENT_LINE_HEIGHT =
      ConfigOptions.key("moonflow.document.line-height")
          .intType()
          .defaultValue(28)
          .withDescription("Pixels to whose height a line is scaled for the model.");

  /** Whether a page may lie on its side, on its head or askew. */
  public static final ConfigOption<Boolean> DOCUMENT_STRAIGHTEN =
      ConfigOptions.key("moonflow.document.straighten")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether pages that lie on their side, stand on their head or are skewed by up to 15"
                  + " degrees are made straight before they are read.");

  /** Whether pages with nothing on them are read. */
  public static final ConfigOption<Boolean> DOCUMENT_SKIP_BLANK =
      ConfigOptions.key("moonflow.document.skip-blank")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether blank pages are left to nobody to read; their results say that they are"
                  + " blank.");

  /** What becomes of the text that a PDF holds itself. */
  public static final ConfigOption<TextLayer> DOCUMENT_TEXT_LAYER =
      ConfigOptions.key("moonflow.document.text-layer")
          .enumType(TextLayer.class)
          .defaultValue(TextLayer.IGNORE)
          .withDescription(
              "What becomes of a PDF's own text: ignore (pages are read from their pixels), prefer"
                  + " (a page that has text is not read by the model) or verify (both, and the"
                  + " result says how far they disagree).");

  /** Pages taken ahead. */
  public static final ConfigOption<Integer> DOCUMENT_PAGES_AHEAD =
      ConfigOptions.key("moonflow.document.pages-ahead")
          .intType()
          .defaultValue(2)
          .withDescription(
              "Pages that the source of documents renders and lays out ahead of those that it hands"
                  + " on, beside the one in work: as many are held in memory, encoded. A checkpoint"
                  + " may lie between any two pages; those ahead are rendered again after a"
                  + " restart.");

  /** Documents being put together. */
  public static final ConfigOption<Duration> DOCUMENT_KEEP =
      ConfigOptions.key("moonflow.document.keep")
          .durationType()
          .defaultValue(Duration.ofHours(24))
          .withDescription(
              "How long the pages of an unfinished document are kept after its first page; past it"
                  + " the document is written with the missing pages as failed.");

  /** What of a page becomes one request. */
  public enum Regions {
    /** The whole page. */
    PAGE,
    /** Each line. */
    LINES
  }

  /** What becomes of a PDF's own text. */
  public enum TextLayer {
    /** Nothing. */
    IGNORE,
    /** It is the result where there is some. */
    PREFER,
    /** It is compared with what the model reads. */
    VERIFY
  }

  private LimitOptions() {}
}
