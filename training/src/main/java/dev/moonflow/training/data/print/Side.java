package dev.moonflow.training.data.print;

/** Which side of the split an example is on; no font and no dictionary word is on both. */
public enum Side {
  /** What the model learns from. */
  TRAINING,
  /** What it is judged on. */
  HELD_OUT;

  /** The side that a word, a value or a whole text is on: a function of its characters alone. */
  public static Side of(String text) {
    return EnglishText.sideOf(text);
  }
}
