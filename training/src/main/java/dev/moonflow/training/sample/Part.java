package dev.moonflow.training.sample;

import java.util.Arrays;
import java.util.Objects;

/**
 * A piece of an example. In pre-training data all parts have {@link Role#NONE} and follow each
 * other; in conversations consecutive parts of one role make one message.
 */
public sealed interface Part {
  /** Whose turn it belongs to. */
  Role role();

  /** Plain text outside any conversation. */
  static Text text(String text) {
    return new Text(Role.NONE, text);
  }

  /** Text, Unicode. */
  record Text(Role role, String text) implements Part {
    public Text {
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * An encoded image (PNG or JPEG).
   *
   * @param encoded the file's bytes; never written again
   * @param width declared width in pixels
   * @param height declared height in pixels
   */
  record Image(Role role, byte[] encoded, int width, int height) implements Part {
    public Image {
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(encoded, "encoded");
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException("an image cannot be " + width + " x " + height);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Image that
          && role == that.role
          && width == that.width
          && height == that.height
          && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
      return "Image[" + role + ", " + width + " x " + height + ", " + encoded.length + " bytes]";
    }
  }
}
