package dev.moonflow.training.stage;

import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;
import java.util.Map;

/**
 * A kind of training stage: what it minimises and on what. Made from its section of the recipe
 * before anything runs, so that a wrong option ends the run at its beginning.
 *
 * @param <B> what one forward pass takes
 */
public interface Stage<B> {

  /**
   * Patterns of the tensors that are trained where the recipe does not say; {@code *} stands for
   * any characters.
   */
  default List<String> trained() {
    return List.of("*");
  }

  /** The model's context may be extended to the stage's. */
  default boolean extendsContext() {
    return false;
  }

  /** What is minimised; closed by the caller. */
  Objective<B> objective(StageContext context);

  /** Where batches come from; closed by the caller. */
  StepSource<B> source(StageContext context, Objective<B> objective);

  /**
   * What the stage is about, measured on the weights at hand: taken before its first step and after
   * its last, and reported side by side. Empty if there is nothing to measure.
   */
  default Map<String, Double> measure(StageContext context) {
    return Map.of();
  }

  /** Makes a stage from its section. */
  interface Factory {
    /**
     * The stage.
     *
     * @throws dev.moonflow.training.trainer.recipe.RecipeException if an option cannot work
     */
    Stage<?> create(StageSection section);
  }
}
