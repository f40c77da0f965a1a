package dev.moonflow.training.evaluation.item;

/** One entry of a data set: an item, or what should have been one. */
public sealed interface Entry permits Item, DamagedItem {
  /** The data set's own name for it, else its place. */
  String id();
}
