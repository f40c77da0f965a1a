package dev.moonflow.jobs.ingest;

import static dev.moonflow.jobs.settings.LimitOptions.CLAIM_CHECK_PREFIXES;
import static dev.moonflow.jobs.settings.LimitOptions.DOCUMENT_DPI;
import static dev.moonflow.jobs.settings.LimitOptions.DOCUMENT_PAGES;
import static dev.moonflow.jobs.settings.LimitOptions.IMAGE_PIXELS;
import static dev.moonflow.jobs.settings.LimitOptions.IMAGE_SIDE_PIXELS;
import static dev.moonflow.jobs.settings.LimitOptions.PAYLOAD_BYTES;
import static dev.moonflow.jobs.settings.LimitOptions.QUESTION_IMAGES;
import static dev.moonflow.jobs.settings.LimitOptions.QUESTION_MESSAGES;
import static dev.moonflow.jobs.settings.LimitOptions.TEXT_CHARACTERS;

import dev.moonflow.connectors.claimcheck.ClaimCheckPolicy;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.QuestionOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.VideoOptions;
import dev.moonflow.model.constraint.Constraint;
import java.io.Serializable;

/**
 * What ingest needs to know of the settings.
 *
 * @param registry where schemas are
 * @param retry how long a service is waited for that does not answer
 * @param payloads what payloads may be and where claim checks may point
 * @param media limits of every file
 * @param questionImages images of one question at most
 * @param questionMessages messages of one question at most
 * @param textCharacters characters of text of one event at most
 * @param dpi resolution of pages where the event does not say
 * @param prompts what is asked where the event does not say
 * @param sampling how tokens are chosen where the event does not say
 * @param questions what holds for questions alone
 * @param pages how pages of documents are read
 */
public record IngestSettings(
    RegistrySettings registry,
    RetrySettings retry,
    ClaimCheckPolicy payloads,
    MediaLimits media,
    int questionImages,
    int questionMessages,
    int textCharacters,
    int dpi,
    Prompts prompts,
    SamplingDefaults sampling,
    Questions questions,
    Pages pages)
    implements Serializable {

  /**
   * How pages of documents are read.
   *
   * @param regions what of a page becomes one request
   * @param lineHeight pixels to whose height a line is scaled
   * @param straighten whether pages are made straight
   * @param skipBlank whether blank pages are not read
   * @param textLayer what becomes of a PDF's own text
   * @param linePrompt what is asked of a line where the event does not say
   */
  public record Pages(
      LimitOptions.Regions regions,
      int lineHeight,
      boolean straighten,
      boolean skipBlank,
      LimitOptions.TextLayer textLayer,
      String linePrompt)
      implements Serializable {}

  /**
   * What holds for questions alone.
   *
   * @param constraint of answers where the event does not say, or null
   * @param seenKept whether earlier events are kept, so that questions can refer to them
   */
  public record Questions(Constraint constraint, boolean seenKept) implements Serializable {}

  /** What is asked where an event does not say. */
  public record Prompts(String ocr, String caption, String document, String frame)
      implements Serializable {}

  /** How tokens are chosen where an event does not say, and the most that it may ask for. */
  public record SamplingDefaults(
      int maxNewTokens, int maxNewTokensLimit, float temperature, float topP)
      implements Serializable {}

  /** Picks them out of the job's settings. */
  public static IngestSettings of(Settings settings) {
    long bytesMax = settings.get(PAYLOAD_BYTES).getBytes();
    return new IngestSettings(
        registry(settings),
        RetrySettings.of(settings),
        new ClaimCheckPolicy(settings.get(CLAIM_CHECK_PREFIXES), bytesMax),
        mediaLimits(settings),
        settings.get(QUESTION_IMAGES),
        settings.get(QUESTION_MESSAGES),
        settings.get(TEXT_CHARACTERS),
        settings.get(DOCUMENT_DPI),
        new Prompts(
            settings.get(SamplingOptions.PROMPT_OCR),
            settings.get(SamplingOptions.PROMPT_CAPTION),
            settings.get(SamplingOptions.PROMPT_DOCUMENT),
            settings.get(
                settings.has(VideoOptions.WINDOW)
                    ? SamplingOptions.PROMPT_WINDOW
                    : SamplingOptions.PROMPT_FRAME)),
        new SamplingDefaults(
            settings.get(SamplingOptions.MAX_NEW_TOKENS),
            settings.get(SamplingOptions.MAX_NEW_TOKENS_LIMIT),
            settings.get(SamplingOptions.TEMPERATURE),
            settings.get(SamplingOptions.TOP_P)),
        new Questions(
            Constraints.of(
                settings,
                QuestionOptions.CHOICES,
                QuestionOptions.REGEX,
                QuestionOptions.NUMBER,
                QuestionOptions.JSON_SCHEMA),
            settings.has(QuestionOptions.SEEN_KEEP)),
        new Pages(
            settings.get(LimitOptions.DOCUMENT_REGIONS),
            settings.get(LimitOptions.DOCUMENT_LINE_HEIGHT),
            settings.get(LimitOptions.DOCUMENT_STRAIGHTEN),
            settings.get(LimitOptions.DOCUMENT_SKIP_BLANK),
            settings.get(LimitOptions.DOCUMENT_TEXT_LAYER),
            settings.get(SamplingOptions.PROMPT_LINE)));
  }

  /** How to reach the registry. */
  public static RegistrySettings registry(Settings settings) {
    return new RegistrySettings(
        settings.get(RegistryOptions.URL),
        settings.get(RegistryOptions.PROPERTIES),
        RegistrySettings.DEFAULT_SCHEMAS_MAX);
  }

  /** Limits of every image, frame and document. */
  public static MediaLimits mediaLimits(Settings settings) {
    return new MediaLimits(
        settings.get(PAYLOAD_BYTES).getBytes(),
        settings.get(IMAGE_PIXELS),
        settings.get(IMAGE_SIDE_PIXELS),
        settings.get(DOCUMENT_PAGES));
  }
}
