package dev.moonflow.training.evaluation.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model is to be good at, in the order of SPEC section 13. */
public enum Area {
  /** College-level questions about figures. */
  @JsonProperty("academic")
  ACADEMIC("Academic questions", "academic"),
  /** Everyday pictures. */
  @JsonProperty("general-vision")
  GENERAL_VISION("General vision", "general-vision"),
  /** Sums, geometry and charts. */
  @JsonProperty("mathematics")
  MATHEMATICS("Mathematics", "mathematics"),
  /** Documents, forms and lines of text. */
  @JsonProperty("document-ocr")
  DOCUMENT_OCR("Document and OCR", "document-ocr"),
  /** Where on a screen to click. */
  @JsonProperty("agent-grounding")
  AGENT_GROUNDING("Agent grounding", "agent-grounding"),
  /** Many pages. */
  @JsonProperty("long-document")
  LONG_DOCUMENT("Long document", "long-document"),
  /** Many frames. */
  @JsonProperty("long-video")
  LONG_VIDEO("Long video", "long-video"),
  /** What happens between frames. */
  @JsonProperty("video-perception")
  VIDEO_PERCEPTION("Video perception", "video-perception");

  private final String title;
  private final String file;

  Area(String title, String file) {
    this.title = title;
    this.file = file;
  }

  /** For headings. */
  public String title() {
    return title;
  }

  /** As task definitions write it; also the name of the area's resource. */
  public String key() {
    return file;
  }
}
