package dev.moonflow.training.data.job;

import dev.moonflow.training.data.augment.Augmentation;
import dev.moonflow.training.data.filter.AgreementScorer;
import dev.moonflow.training.data.filter.FigureOrder;
import dev.moonflow.training.data.filter.LabelAgreement;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import java.util.OptionalDouble;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** The steps that look at one example: agreement, order of figures, augmented copies. */
final class Refinement implements FlatMapFunction<Sample, Sample> {
  private static final long serialVersionUID = 1L;
  private final DataRecipe recipe;
  private final AgreementScorer scorer;

  Refinement(DataRecipe recipe) {
    this(recipe, new LabelAgreement());
  }

  Refinement(DataRecipe recipe, AgreementScorer scorer) {
    this.recipe = recipe;
    this.scorer = scorer;
  }

  @Override
  public void flatMap(Sample found, Collector<Sample> out) {
    double least = recipe.filters().agreementMin();
    if (least > 0) {
      OptionalDouble score = scorer.score(found);
      if (score.isPresent() && score.getAsDouble() < least) {
        return;
      }
    }
    Sample sample = found.category() == Category.INTERLEAVED ? FigureOrder.apply(found) : found;
    out.collect(sample);
    boolean pictured = sample.parts().stream().anyMatch(part -> part instanceof Part.Image);
    for (int copy = 1; pictured && copy <= recipe.augmentedCopies(); copy++) {
      out.collect(Augmentation.usual().apply(sample, recipe.seed() + copy));
    }
  }
}
