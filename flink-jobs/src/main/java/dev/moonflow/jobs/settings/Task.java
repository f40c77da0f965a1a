package dev.moonflow.jobs.settings;

/** What is asked of an image where nobody says it in words. */
public enum Task {
  /** Its text. */
  OCR,
  /** What it shows. */
  CAPTION;

  /** The words for it in some settings. */
  public String prompt(Settings settings) {
    return settings.get(this == OCR ? SamplingOptions.PROMPT_OCR : SamplingOptions.PROMPT_CAPTION);
  }
}
