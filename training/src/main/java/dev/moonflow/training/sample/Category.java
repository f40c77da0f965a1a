package dev.moonflow.training.sample;

/** What an example is for (SPEC section 12.4). */
public enum Category {
  /** An image and what it shows. */
  CAPTION,
  /** A page of text and images in reading order. */
  INTERLEAVED,
  /** An image of text and the text. */
  OCR,
  /** Figures, tables and diagrams with what can be learnt from them, spread over a taxonomy. */
  KNOWLEDGE,
  /** A screen, a goal and an action or a box. */
  AGENT,
  /** Frames in time order and what happens. */
  VIDEO,
  /** Text alone. */
  TEXT,
  /** A conversation: only the assistant's turns are learnt. */
  INSTRUCTION,
  /** A conversation whose answer begins with a verified train of thought. */
  REASONING
}
