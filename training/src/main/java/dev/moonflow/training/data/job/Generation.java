package dev.moonflow.training.data.job;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Numbers to the generated examples with that number. */
final class Generation extends RichFlatMapFunction<Long, Sample> {
  private static final long serialVersionUID = 1L;

  private final Origin.Generated origin;
  private final DataRecipe recipe;
  private final ShardPlace place;
  private transient List<Generator> generators;
  private transient double[] weights;

  /**
   * A generation.
   *
   * @param place where examples go whose shard need not be made if it is there; null where examples
   *     are compared or changed, so that all are needed
   */
  Generation(Origin.Generated origin, DataRecipe recipe, ShardPlace place) {
    this.origin = origin;
    this.recipe = recipe;
    this.place = place;
  }

  @Override
  public void open(OpenContext context) {
    FontSet fonts = recipe.fonts().isEmpty() ? FontSet.common() : FontSet.of(recipe.fonts());
    Generators all = new Generators(fonts);
    generators = new ArrayList<>();
    origin.mix().keySet().forEach(name -> generators.add(all.named(name)));
    weights = origin.mix().values().stream().mapToDouble(weight -> weight).toArray();
  }

  @Override
  public void flatMap(Long index, Collector<Sample> out) {
    Generator generator = generators.get(Draw.of("mix", recipe.seed(), index).weighted(weights));
    if (place != null) {
      String id = Generator.id(generator, recipe.seed(), index);
      if (place.isFinished(place.of(id))) {
        return;
      }
    }
    out.collect(generator.generate(recipe.seed(), index));
  }
}
