package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.recipe.RecipeFields;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.Map;

/**
 * A longer context: another rotary base, a quarter of the data long and the rest a replay of
 * shorter data (SPEC section 12.2). The published two sub-stages, each four times longer, are two
 * phases in the recipe. Recall of needles in text as long as the new context is measured before and
 * after.
 */
final class LongContextStage extends MixtureStage {
  private final double longShare;
  private final int needles;

  LongContextStage(StageSection section) {
    super(section);
    RecipeFields options = section.options();
    longShare = options.number("long-share", 0.01, 1, 0.25);
    needles = (int) options.integer("needles", 0, 10_000, 16);
    options.finish();
    requireGroups("long", "replay");
  }

  @Override
  public boolean extendsContext() {
    return true;
  }

  @Override
  Map<String, Double> shares(long step) {
    return Map.of("long", longShare, "replay", 1 - longShare);
  }

  @Override
  public Map<String, Double> measure(StageContext context) {
    return needles == 0 ? Map.of() : new NeedleRecall(context, needles).measure();
  }
}
