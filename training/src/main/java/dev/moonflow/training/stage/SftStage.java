package dev.moonflow.training.stage;

import dev.moonflow.training.batch.ExampleEncoder;
import dev.moonflow.training.trainer.recipe.StageSection;

/**
 * Supervised fine-tuning (SPEC section 12.3): conversations, packed, answers alone learnt. The two
 * published epochs with their own learning rates are two phases in the recipe.
 */
final class SftStage extends MixtureStage {
  SftStage(StageSection section) {
    super(section);
    section.options().finish();
  }

  @Override
  ExampleEncoder encoder(StageContext context) {
    return context.encoder().conversationsOnly();
  }
}
