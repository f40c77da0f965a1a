package dev.moonflow.training.stage;

import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.RecipeReader;
import java.nio.file.Path;
import java.util.List;

/** Recipes of models that train in seconds. */
final class SmallRecipes {
  private static final String MODEL =
      """
      name: small
      seed: 11
      model:
        create:
          vision: {hidden-size: 32, layers: 1, heads: 2, intermediate-size: 48, position-rows: 8, position-cols: 8}
          text: {hidden-size: 48, layers: 2, heads: 2, kv-lora-rank: 16, qk-nope-head-dim: 16,
                 qk-rope-head-dim: 8, v-head-dim: 16, intermediate-size: 64, moe-intermediate-size: 24,
                 routed-experts: 4, experts-per-token: 2, max-positions: 128}
          in-token-limit: 64
          tokenizer: {merges: 64, samples: 40}
      defaults:
        context: 96
        batch: {tokens: 160, micro-batches: 2}
        learning-rate: {peak: 0.01, end: 0.001, warmup: 2}
        checkpoints: {interval: 1000}
      stages:
      """;

  private SmallRecipes() {}

  /** A recipe of these stages, written as list items without indentation. */
  static Recipe of(String stages, String... settings) {
    return RecipeReader.parse(
        MODEL + stages.indent(2), "small.yaml", Path.of("."), List.of(settings));
  }
}
