package dev.moonflow.training.cli;

import dev.moonflow.connectors.naming.NearestName;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.batch.ShuffledSource;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.stage.SourceOpener;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.SourceSection;
import java.nio.file.Path;
import java.util.List;

/** The data that recipes name: this project's generators, and folders of shards. */
final class DataSources implements SourceOpener {
  private final Generators generators = Generators.standard();

  @Override
  public SampleSource open(SourceSection source, long seed) {
    return switch (source.kind()) {
      case GENERATOR -> generator(source.place(), seed);
      case SHARDS -> new Shards(ShardSet.open(Path.of(source.place())), seed);
      case NEEDLES -> throw new IllegalArgumentException("needles belong to the stage");
    };
  }

  private SampleSource generator(String name, long seed) {
    Generator generator;
    try {
      generator = generators.named(name);
    } catch (SampleException e) {
      List<String> names = generators.all().stream().map(Generator::name).toList();
      throw new RecipeException(
          "there is no generator %s; did you mean %s?".formatted(name, NearestName.to(name, names)),
          e);
    }
    return k -> generator.generate(seed, k);
  }

  /** Shards in a new order in each epoch; they stay open until the stage ends. */
  private static final class Shards implements SampleSource {
    private final ShardSet shards;
    private final ShuffledSource shuffled;

    Shards(ShardSet shards, long seed) {
      this.shards = shards;
      this.shuffled = new ShuffledSource(seed, shards.size(), shards::get);
    }

    @Override
    public Sample sample(long k) {
      return shuffled.sample(k);
    }

    @Override
    public void close() {
      shards.close();
    }
  }
}
