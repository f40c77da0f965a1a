package dev.moonflow.training.stage;

import dev.moonflow.training.batch.ExampleEncoder;
import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.batch.MixtureSource;
import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.SourceSection;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the stages that learn the next token of a mixture have in common. */
abstract class MixtureStage implements Stage<MicroBatch> {
  private final StageSection section;

  MixtureStage(StageSection section) {
    this.section = section;
    if (section.data().isEmpty()) {
      throw new RecipeException(
          "stage " + section.name() + ": data must hold at least one source.");
    }
  }

  StageSection section() {
    return section;
  }

  /** Shares of the mixture's groups at a step; empty for the sources' own weights. */
  Map<String, Double> shares(long step) {
    return Map.of();
  }

  /** Samples to tokens; a stage may refuse some. */
  ExampleEncoder encoder(StageContext context) {
    return context.encoder();
  }

  /** Refuses a recipe whose sources are not of exactly these groups. */
  final void requireGroups(String... groups) {
    TreeSet<String> found = new TreeSet<>();
    section.data().stream().map(SourceSection::group).forEach(found::add);
    if (!found.equals(new TreeSet<>(List.of(groups)))) {
      throw new RecipeException(
          "stage %s: its sources must be of the groups %s and each must have one, found %s."
              .formatted(section.name(), String.join(" and ", groups), found));
    }
  }

  @Override
  public Objective<MicroBatch> objective(StageContext context) {
    return new NextToken(context.model(), section.balanceLoss());
  }

  @Override
  public StepSource<MicroBatch> source(StageContext context, Objective<MicroBatch> objective) {
    return new MixtureSource(
        context.mixture(),
        encoder(context),
        section.packing(),
        section.microBatches(),
        this::shares,
        context.slice());
  }
}
