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

  /** An image file, its header checked against the limits. */
  record Image(EncodedImage file) implements PromptPart {
    public Image {
      Objects.requireNonNull(file, "file");
    }
  }
}
