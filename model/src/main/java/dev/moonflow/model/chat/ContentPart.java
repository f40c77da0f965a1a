package dev.moonflow.model.chat;

import dev.moonflow.kernels.RgbImage;
import java.util.Objects;

/** A piece of a message. */
public sealed interface ContentPart {

  /** Text as the user wrote it; special-token strings in it are neutralised before encoding. */
  record Text(String text) implements ContentPart {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }

  /** An image at its native resolution; becomes media tokens. */
  record Image(RgbImage image) implements ContentPart {
    public Image {
      Objects.requireNonNull(image, "image");
    }
  }
}
