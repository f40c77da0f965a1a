package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;

/** The language model alone, on text (SPEC section 12.1). */
final class TextStage extends MixtureStage {
  TextStage(StageSection section) {
    super(section);
    section.options().finish();
  }

  @Override
  public List<String> trained() {
    return List.of("language_model.*");
  }
}
