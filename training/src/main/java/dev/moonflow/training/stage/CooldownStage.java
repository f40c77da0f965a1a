package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.recipe.RateSection;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.RecipeFields;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.Map;

/**
 * The best data while the learning rate goes to zero, with questions and answers at a low share
 * (SPEC section 12.2).
 */
final class CooldownStage extends MixtureStage {
  private final double questions;

  CooldownStage(StageSection section) {
    super(section);
    RecipeFields options = section.options();
    questions = options.number("qa-share", 0, 0.5, 0.1);
    options.finish();
    requireGroups("main", "qa");
    if (section.rate().end() != 0 || section.rate().shape() == RateSection.Shape.CONSTANT) {
      throw new RecipeException(
          "stage "
              + section.name()
              + ": learning-rate must go down to end: 0 in a cooldown, found "
              + section.rate().end()
              + ".");
    }
  }

  @Override
  Map<String, Double> shares(long step) {
    return Map.of("main", 1 - questions, "qa", questions);
  }
}
