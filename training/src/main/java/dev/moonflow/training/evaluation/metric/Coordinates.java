package dev.moonflow.training.evaluation.metric;

/** In which units a model writes places on an image. */
public enum Coordinates {
  /** From 0 to 1, of width and height. */
  UNIT,
  /** From 0 to 1000, of width and height. */
  THOUSAND,
  /** Pixels of the image as it was given. */
  PIXEL,
  /**
   * Told from the numbers: all at most 1 are {@link #UNIT}; else, all on the image are {@link
   * #PIXEL}; else, all at most 1000 are {@link #THOUSAND}.
   */
  AUTO
}
