package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;

/**
 * Tower and projector brought to the frozen language model (SPEC section 12.2): multimodal data,
 * and no tensor of the language model moves.
 */
final class AlignStage extends MixtureStage {
  AlignStage(StageSection section) {
    super(section);
    section.options().finish();
    if (!section.trained().stream().allMatch(AlignStage::sparesTheLanguageModel)) {
      throw new RecipeException(
          "stage "
              + section.name()
              + ": trained must leave the language model frozen, found "
              + section.trained()
              + ".");
    }
  }

  private static boolean sparesTheLanguageModel(String pattern) {
    return pattern.startsWith("vision_tower.") || pattern.startsWith("multi_modal_projector.");
  }

  @Override
  public List<String> trained() {
    return List.of("vision_tower.*", "multi_modal_projector.*");
  }
}
