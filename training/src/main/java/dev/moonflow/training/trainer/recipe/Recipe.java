package dev.moonflow.training.trainer.recipe;

import java.util.List;

/**
 * What a run does.
 *
 * @param name of the recipe
 * @param seed of everything random in the run
 * @param model where the weights come from
 * @param stages in order, each beginning with the weights of the one before
 */
public record Recipe(String name, long seed, ModelSection model, List<StageSection> stages) {
  public Recipe {
    stages = List.copyOf(stages);
  }
}
