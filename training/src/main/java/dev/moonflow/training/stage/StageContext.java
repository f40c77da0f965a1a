package dev.moonflow.training.stage;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.training.batch.ExampleEncoder;
import dev.moonflow.training.batch.ImageLoader;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.Mixture;
import dev.moonflow.training.batch.MixtureSource;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.recipe.SourceSection;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stage is opened with.
 *
 * @param section of the recipe
 * @param model the weights to train; the runner's
 * @param folder of the stage: what it writes goes there
 * @param companions folder of tokenizer and preprocessor files
 * @param tokenizer of the model
 * @param preprocessor of the model
 * @param sources opens generators and shards
 * @param ranks who takes part
 */
public record StageContext(
    StageSection section,
    TrainableKimiVl model,
    Path folder,
    Path companions,
    Tokenizer tokenizer,
    PreprocessorConfig preprocessor,
    SourceOpener sources,
    Ranks ranks) {

  /** The context of a model whose tokenizer and preprocessor files lie in a folder. */
  public static StageContext of(
      StageSection section,
      TrainableKimiVl model,
      Path folder,
      Path companions,
      SourceOpener sources,
      Ranks ranks) {
    try {
      return new StageContext(
          section,
          model,
          folder,
          companions,
          Tokenizer.load(companions),
          PreprocessorConfig.read(companions),
          sources,
          ranks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Samples to tokens, as inference has them. */
  public ExampleEncoder encoder() {
    return new ExampleEncoder(tokenizer, model.config().mediaTokenId(), imageLoader());
  }

  /** Encoded images to patches, as inference has them. */
  public ImageLoader imageLoader() {
    return new ImageLoader(preprocessor, MediaLimits.DEFAULT);
  }

  /** The sources of the recipe, opened. */
  public Mixture mixture() {
    List<Mixture.Entry> entries = new ArrayList<>();
    for (SourceSection source : section.data()) {
      String name = source.place() + "#" + entries.size();
      long seed = KeyedHash.derive(section.seed(), name);
      SampleSource opened =
          source.kind() == SourceSection.Kind.NEEDLES
              ? new NeedleSamples(tokenizer, section.packing().contextTokens(), seed)
              : sources.open(source, seed);
      entries.add(new Mixture.Entry(name, source.group(), source.weight(), opened));
    }
    return new Mixture(KeyedHash.derive(section.seed(), "mixture"), entries);
  }

  /** This process's part of every step. */
  public MixtureSource.Slice slice() {
    return new MixtureSource.Slice(ranks.rank(), ranks.size());
  }

  /**
   * Writes the weights at hand, in float32, as a folder that the engine loads: {@code policy} in
   * the stage's folder, which every export replaces.
   */
  public Path exportPolicy() {
    Path policy = folder.resolve("policy");
    try {
      model.save(policy, DType.F32, companions);
      return policy;
    } catch (IOException e) {
      throw new TrainingStoppedException("the policy cannot be written to " + policy + ": " + e, e);
    }
  }

  /** The engine's usual budgets within the context that the model has. */
  public EngineLimits engineLimits() {
    EngineLimits usual = EngineLimits.defaults();
    return new EngineLimits(
        usual.maxRunning(),
        usual.maxPatchesPerStep(),
        usual.maxTokensPerStep(),
        usual.maxCacheTokens(),
        usual.maxPatchesPerRequest(),
        model.config().text().maxPositions());
  }

  /** Does something on the first rank while the others wait; if it fails there, all stop. */
  public void onFirstRank(String what, Runnable work) {
    RuntimeException failure = null;
    if (ranks.isFirst()) {
      try {
        work.run();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    boolean failed = ranks.any(failure != null);
    if (failure != null) {
      throw failure;
    }
    if (failed) {
      throw new TrainingStoppedException("rank 0 could not make " + what + ".");
    }
  }
}
