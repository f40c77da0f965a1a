package dev.moonflow.training.evaluation.synthetic;

import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemRequest;
import java.util.SplittableRandom;

/** Makes one kind of question. */
@FunctionalInterface
interface ItemMaker {
  /**
   * The item of an index. All that is random is drawn here; pictures are drawn later from it.
   *
   * @param random a stream of this item's own
   */
  Item make(String id, int index, SplittableRandom random, ItemRequest request);
}
