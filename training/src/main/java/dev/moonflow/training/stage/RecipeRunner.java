package dev.moonflow.training.stage;

import dev.moonflow.connectors.naming.NearestName;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.trainer.TrainingLoop;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.checkpoint.CheckpointStore;
import dev.moonflow.training.trainer.checkpoint.TrainingState;
import dev.moonflow.training.trainer.recipe.ModelSection;
import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.SourceSection;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the stages of a recipe one after another, each from the weights of the one before. What is
 * finished is passed over, what was begun goes on. After the last stage the weights are written to
 * {@code OUT/model} in BF16, for the pipeline.
 */
public final class RecipeRunner {
  private final Recipe recipe;
  private final RunSettings settings;
  private final Map<String, Stage<?>> stages = new LinkedHashMap<>();

  /**
   * A run.
   *
   * @throws RecipeException if one of the stages cannot work
   */
  public RecipeRunner(Recipe recipe, RunSettings settings) {
    this.recipe = recipe;
    this.settings = settings;
    recipe.stages().forEach(section -> stages.put(section.name(), Stages.of(section)));
    settings
        .only()
        .filter(name -> !stages.containsKey(name))
        .ifPresent(
            name -> {
              throw new RecipeException(
                  "the recipe has no stage %s; did you mean %s?"
                      .formatted(name, NearestName.to(name, stages.keySet())));
            });
  }

  /** Runs what is left to run. */
  public TrainingLoop.End run() {
    try {
      checkSources();
      Path weights = startWeights();
      for (StageSection section : recipe.stages()) {
        if (settings.only().isPresent() && !settings.only().get().equals(section.name())) {
          weights = result(section).orElse(weights);
          continue;
        }
        if (run(section, weights) == TrainingLoop.End.STOPPED) {
          return TrainingLoop.End.STOPPED;
        }
        weights = result(section).orElseThrow();
        if (settings.only().isPresent()) {
          return TrainingLoop.End.FINISHED;
        }
      }
      onFirstRank(weights, this::export);
      return TrainingLoop.End.FINISHED;
    } catch (IOException e) {
      throw new TrainingStoppedException(settings.out() + " cannot be used: " + e + ".", e);
    }
  }

  /** Opens everything once, so that what is missing is found now and not after days. */
  private void checkSources() {
    for (StageSection section : recipe.stages()) {
      if (settings.only().isEmpty() || settings.only().get().equals(section.name())) {
        for (SourceSection source : section.data()) {
          if (source.kind() != SourceSection.Kind.NEEDLES) {
            settings.sources().open(source, section.seed()).close();
          }
        }
      }
    }
  }

  private interface Work {
    void with(Path weights) throws IOException;
  }

  /** Does something on one rank while the others wait. */
  private void onFirstRank(Path weights, Work work) throws IOException {
    IOException failure = null;
    if (settings.ranks().isFirst()) {
      try {
        work.with(weights);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (settings.ranks().any(failure != null)) {
      throw failure != null ? failure : new IOException("rank 0 failed");
    }
  }

  private Path startWeights() throws IOException {
    if (recipe.model() instanceof ModelSection.From from) {
      return from.folder();
    }
    Path start = settings.out().resolve("start");
    onFirstRank(
        start,
        folder -> {
          if (!settings.resume() && settings.only().isEmpty()) {
            StageFolder.clear(folder);
          }
          if (!Files.exists(folder.resolve("config.json"))) {
            settings.listener().note("Making a model from nothing in " + folder + ".");
            new ModelMaker(recipe, (ModelSection.Create) recipe.model(), settings.sources())
                .make(folder);
          }
        });
    return start;
  }

  private Path folder(StageSection section) {
    return settings.out().resolve(section.name());
  }

  /** The weights that a stage ended with, if it did. */
  private Optional<Path> result(StageSection section) {
    return new CheckpointStore(folder(section), 1)
        .latest()
        .filter(path -> TrainingState.read(path.resolve("training/state.json")).finished());
  }

  private TrainingLoop.End run(StageSection section, Path before) throws IOException {
    Path folder = folder(section);
    if (!settings.resume()) {
      onFirstRank(folder, StageFolder::clear);
    }
    Stage<?> stage = stages.get(section.name());
    KimiVlConfig config =
        StartFolder.config(
            KimiVlConfig.read(before.resolve("config.json")), section, stage.extendsContext());
    Path[] start = {before};
    onFirstRank(before, w -> start[0] = StartFolder.of(w, config, folder.resolve("start")));
    if (!settings.ranks().isFirst() && Files.exists(folder.resolve("start/config.json"))) {
      start[0] = folder.resolve("start");
    }
    Path weights = new CheckpointStore(folder, 1).latest().orElse(start[0]);
    try (TrainableKimiVl model = TrainableKimiVl.load(weights, section.precision())) {
      model.recompute(section.recompute());
      return new StageRunner<>(stage, section, settings).run(model, folder, start[0]);
    }
  }

  private void export(Path weights) throws IOException {
    Path target = settings.out().resolve("model");
    try (TrainableKimiVl model = TrainableKimiVl.load(weights, Precision.F32)) {
      model.save(target, DType.BF16, weights);
    }
    settings.listener().note("The trained model is in " + target + ".");
  }

  /** Names of all stages, in order. */
  public List<String> stageNames() {
    return List.copyOf(stages.keySet());
  }
}
