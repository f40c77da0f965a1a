package dev.moonflow.training.stage.rl;

import dev.moonflow.training.trainer.recipe.RecipeFields;
import dev.moonflow.training.trainer.recipe.StageSection;

/**
 * The keys of {@code options} of the stage rl. The published values of tau, k and the length weight
 * are not known (SPEC section 12.3).
 *
 * @param updates steps of an iteration
 * @param prompts of an iteration; a multiple of {@code updates}
 * @param answers k, drawn to each prompt
 * @param pool prompts that are taken from the data at the beginning, and no others after
 * @param maxNewTokens of an answer
 * @param temperature of the draws
 * @param tau how strongly the policy is held to the reference
 * @param lengthWeight factor of the length reward
 * @param lengthFrom first iteration that has a length reward
 * @param curriculum which part of the pool is open
 * @param scored answers of an iteration whose probability the engine is asked for too
 */
record RlOptions(
    int updates,
    int prompts,
    int answers,
    int pool,
    int maxNewTokens,
    double temperature,
    double tau,
    double lengthWeight,
    long lengthFrom,
    Curriculum curriculum,
    int scored) {
  private static final int MANY = 1 << 20;

  static RlOptions read(StageSection section) {
    RecipeFields options = section.options();
    int updates = (int) options.integer("updates", 1, section.steps(), 1);
    long iterations = Math.max(1, section.steps() / updates);
    int prompts = (int) options.integer("prompts", 1, MANY, 16);
    RlOptions read =
        new RlOptions(
            updates,
            prompts,
            (int) options.integer("answers", 2, 1 << 12, 8),
            (int) options.integer("pool", prompts, MANY, 16L * prompts),
            (int) options.integer("max-new-tokens", 1, 1 << 20),
            options.number("temperature", 1e-3, 2, 1),
            options.number("tau", 0, 1e6, 0.1),
            options.number("length-weight", 0, 1e3, 0.2),
            options.integer("length-from", 1, Long.MAX_VALUE, iterations / 2 + 1),
            new Curriculum(
                options.number("curriculum-share", 1e-6, 1, 0.5),
                options.integer("curriculum-iterations", 0, Long.MAX_VALUE, iterations / 2)),
            (int) options.integer("scored", 0, MANY, 4));
    if (prompts % updates != 0) {
      throw options.bad("prompts", "must be a multiple of updates, " + updates);
    }
    options.finish();
    return read;
  }

  /** The iteration of a step, both from 1. */
  long iteration(long step) {
    return (step - 1) / updates + 1;
  }

  /** Which update of its iteration a step is, from 0. */
  int update(long step) {
    return (int) ((step - 1) % updates);
  }

  /** Factor of the length reward in an iteration. */
  double lengthWeight(long iteration) {
    return iteration >= lengthFrom ? lengthWeight : 0;
  }
}
