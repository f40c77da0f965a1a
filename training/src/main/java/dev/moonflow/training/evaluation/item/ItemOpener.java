package dev.moonflow.training.evaluation.item;

/** A loader of files or a maker of synthetic items. */
@FunctionalInterface
public interface ItemOpener {
  /**
   * Opens the data set.
   *
   * @throws dev.moonflow.training.evaluation.EvaluationException if it cannot be read as a whole
   */
  ItemSource open(ItemRequest request);
}
