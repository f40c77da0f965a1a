package dev.moonflow.training.stage.rl;

import dev.moonflow.training.batch.Mixture;
import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.rollout.CheckableSamples;
import dev.moonflow.training.rollout.Drawing;
import dev.moonflow.training.rollout.DrawnAnswer;
import dev.moonflow.training.rollout.PolicyEngine;
import dev.moonflow.training.rollout.Prompt;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.stage.Stage;
import dev.moonflow.training.stage.StageContext;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;
import java.util.Map;

/**
 * Online policy mirror descent on prompts whose answers can be checked (SPEC section 12.3). How
 * many prompts the policy solves greedily is measured before and after.
 */
public final class RlStage implements Stage<RolloutBatch> {
  /** Prompts that are solved greedily for the report, the easiest first. */
  private static final int MEASURED = 64;

  private final StageSection section;
  private final RlOptions options;

  /**
   * The stage of a section.
   *
   * @throws RecipeException if an option cannot work
   */
  public RlStage(StageSection section) {
    this.section = section;
    this.options = RlOptions.read(section);
    if (section.data().isEmpty()) {
      throw new RecipeException(
          "stage " + section.name() + ": data must hold at least one source.");
    }
  }

  @Override
  public Objective<RolloutBatch> objective(StageContext context) {
    if (context.ranks().size() > options.prompts() / options.updates() * options.answers()) {
      throw new RecipeException(
          "stage " + section.name() + ": an update has fewer answers than there are ranks.");
    }
    PromptPool pool = pool(context);
    if (pool.size() < options.prompts()) {
      throw new RecipeException(
          "stage %s: its data has %d prompts with an answer to check, fewer than the %d of an iteration."
              .formatted(section.name(), pool.size(), options.prompts()));
    }
    RolloutPacker packer =
        new RolloutPacker(section.packing(), context.imageLoader(), pool::sample);
    RolloutMaker maker = new RolloutMaker(context, options, packer);
    Iterations iterations = new Iterations(context, options, pool, maker, packer);
    return new MirrorDescentObjective(context.model(), options, iterations);
  }

  @Override
  public StepSource<RolloutBatch> source(StageContext context, Objective<RolloutBatch> objective) {
    return new RolloutSource(((MirrorDescentObjective) objective).iterations());
  }

  private PromptPool pool(StageContext context) {
    try (Mixture mixture = context.mixture()) {
      return new PromptPool(CheckableSamples.first(mixture, options.pool()));
    }
  }

  @Override
  public Map<String, Double> measure(StageContext context) {
    List<Sample> samples = pool(context).easiest(MEASURED);
    Drawing greedy = new Drawing(1, 0, options.maxNewTokens(), 0);
    int right = 0;
    double tokens = 0;
    try (PolicyEngine engine = PolicyEngine.load(context.exportPolicy(), context.engineLimits())) {
      DrawnAnswer[][] answers = engine.draw(samples.stream().map(Prompt::of).toList(), greedy);
      for (int p = 0; p < answers.length; p++) {
        right += answers[p][0].isRight(samples.get(p)) ? 1 : 0;
        tokens += answers[p][0].tokens().length;
      }
      return Map.of(
          "greedy_success", right / (double) answers.length,
          "greedy_answer_tokens", tokens / answers.length);
    }
  }
}
