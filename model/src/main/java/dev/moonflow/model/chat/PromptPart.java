package dev.moonflow.model.chat;

/** A stretch of a rendered prompt: plain text, a control token, or the place of an image. */
sealed interface PromptPart {

  /** Text between control tokens; never becomes a control token. */
  record Plain(String text) implements PromptPart {}

  /** One control token of the template. */
  record Control(String name) implements PromptPart {}

  /** The media tokens of the next image. */
  record Media() implements PromptPart {}
}
