package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.recipe.RecipeFields;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.Map;

/**
 * Everything together: the first steps text alone, then the multimodal share grows in a line to its
 * maximum (SPEC section 12.2).
 */
final class JointStage extends MixtureStage {
  private final long textSteps;
  private final long rampSteps;
  private final double share;

  JointStage(StageSection section) {
    super(section);
    RecipeFields options = section.options();
    textSteps = options.integer("text-only-steps", 0, section.steps(), section.steps() / 20);
    rampSteps = options.integer("ramp-steps", 0, section.steps(), section.steps() / 5);
    share = options.number("multimodal-share", 0, 1, 0.4);
    options.finish();
    requireGroups("text", "multimodal");
  }

  @Override
  Map<String, Double> shares(long step) {
    double grown = rampSteps == 0 ? 1 : Math.min(1, (step - textSteps) / (double) rampSteps);
    double multimodal = step <= textSteps ? 0 : share * grown;
    return Map.of("text", 1 - multimodal, "multimodal", multimodal);
  }
}
