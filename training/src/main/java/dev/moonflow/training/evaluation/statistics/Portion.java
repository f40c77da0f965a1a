package dev.moonflow.training.evaluation.statistics;

/**
 * What one item adds to a ratio: for accuracy, 0 or 1 of 1; for an error rate, edits of characters.
 *
 * @param part at least 0
 * @param whole at least 0
 */
public record Portion(double part, double whole) {
  public Portion {
    if (!(part >= 0) || !(whole >= 0)) {
      throw new IllegalArgumentException("a portion of " + part + " of " + whole);
    }
  }
}
