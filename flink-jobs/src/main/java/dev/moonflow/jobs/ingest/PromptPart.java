package dev.moonflow.jobs.ingest;

import java.util.Objects;

/** A piece of a message to the model, images still encoded. */
public sealed interface PromptPart {

  /** Text as it came. */
  record Text(String text) implements PromptPart {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * An image or document that an earlier event brought; replaced by images before it is perceived.
   *
   * @param eventId of that event
   * @param page of a document from 1, or {@link Subject#NONE} for an image or for all pages
   */
  record Seen(String eventId, int page) implements PromptPart {
    public Seen {
      Objects.requireNonNull(eventId, "eventId");
    }
  }

  /** An image file, its header checked against the limits. */
  record Image(EncodedImage file) implements PromptPart {
    public Image {
      Objects.requireNonNull(file, "file");
    }
  }
}
