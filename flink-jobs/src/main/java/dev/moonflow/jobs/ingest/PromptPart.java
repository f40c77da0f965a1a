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

  /**
   * The captions before this one of the same key, as text; nothing when there are none. Replaced
   * when they are all known, just before the request is perceived.
   *
   * @param template what is said of them; {@code {caption}} stands for the captions, one per line
   * @param captionsMax how many are told at most, the newest
   */
  record Earlier(String template, int captionsMax) implements PromptPart {
    public Earlier {
      Objects.requireNonNull(template, "template");
      if (captionsMax < 1) {
        throw new IllegalArgumentException("at least one caption is told: " + captionsMax);
      }
    }
  }

  /** An image file, its header checked against the limits. */
  record Image(EncodedImage file) implements PromptPart {
    public Image {
      Objects.requireNonNull(file, "file");
    }
  }
}
