package dev.moonflow.model.engine;

/**
 * A request with its prompt tokenised and its images resized and padded: all that can be done ahead
 * of the engine, on any thread. Made by {@link Engine#prepare}; opaque to callers.
 */
public interface PreparedRequest {

  /** The request's id. */
  String id();

  /** Tokens of the prompt, media tokens included. */
  int promptTokens();

  /** Vision patches of all images. */
  int patches();
}
