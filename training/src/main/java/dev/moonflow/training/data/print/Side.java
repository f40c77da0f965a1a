package dev.moonflow.training.data.print;

/** Which side of the split an example is on; no font and no dictionary word is on both. */
public enum Side {
  /** What the model learns from. */
  TRAINING,
  /** What it is judged on. */
  HELD_OUT
}
