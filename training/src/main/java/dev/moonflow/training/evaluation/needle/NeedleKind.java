package dev.moonflow.training.evaluation.needle;

/** What the haystack is. */
public enum NeedleKind {
  /** Sentences; one of them tells a number. */
  TEXT,
  /** Frames; one of them shows a number. */
  VIDEO
}
