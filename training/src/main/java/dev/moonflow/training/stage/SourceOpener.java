package dev.moonflow.training.stage;

import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.trainer.recipe.SourceSection;

/** Opens what a recipe names as data: knows the generators, which this package does not. */
public interface SourceOpener {
  /**
   * A source.
   *
   * @param seed of generated samples, or of the order of shards
   * @throws dev.moonflow.training.trainer.recipe.RecipeException naming a generator or folder that
   *     is not there
   */
  SampleSource open(SourceSection source, long seed);
}
