package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.item.Item;
import java.util.Optional;

/** Makes an item of a row. */
@FunctionalInterface
interface RowMapper {
  /**
   * The item; empty for a row that the data set itself leaves out.
   *
   * @throws dev.moonflow.training.evaluation.EvaluationException if the row cannot be used
   */
  Optional<Item> map(Row row);
}
