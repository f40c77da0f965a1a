package dev.moonflow.training.sample;

/**
 * A piece of an example. In pre-training data all parts have {@link Role#NONE} and follow each
 * other; in conversations consecutive parts of one role make one message.
 */
public sealed interface Part {
  /** Whose turn it belongs to. */
  Role role();

  /** Text, Unicode. */
  record Text(Role role, String text) implements Part {}

  /**
   * An encoded image (PNG or JPEG).
   *
   * @param width declared width in pixels
   * @param height declared height in pixels
   */
  record Image(Role role, byte[] encoded, int width, int height) implements Part {}
}
