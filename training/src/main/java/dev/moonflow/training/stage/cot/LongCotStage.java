package dev.moonflow.training.stage.cot;

import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.batch.Mixture;
import dev.moonflow.training.batch.MixtureSource;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.batch.ShuffledSource;
import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.rollout.CheckableSamples;
import dev.moonflow.training.rollout.Drawing;
import dev.moonflow.training.rollout.DrawnAnswer;
import dev.moonflow.training.rollout.PolicyEngine;
import dev.moonflow.training.rollout.Prompt;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.sample.ShardSetWriter;
import dev.moonflow.training.stage.NextToken;
import dev.moonflow.training.stage.Stage;
import dev.moonflow.training.stage.StageContext;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.TrainingStoppedException;
import dev.moonflow.training.trainer.checkpoint.CheckpointStore;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.RecipeFields;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Light fine-tuning on verified reasoning (SPEC section 12.3). Before the first step the model
 * answers the prompts several times; what passes the checker becomes the warm-up set, a folder of
 * shards in the stage's folder, and generated traces take the place of what it cannot solve yet.
 */
public final class LongCotStage implements Stage<MicroBatch> {
  private static final int MANY = 1 << 20;
  private static final int SHARD = 1024;

  /** Prompts that are answered greedily for the report. */
  private static final int MEASURED = 64;

  private final StageSection section;
  private final int prompts;
  private final int answers;
  private final int maxNewTokens;
  private final double temperature;

  /**
   * The stage of a section.
   *
   * @throws RecipeException if an option cannot work
   */
  public LongCotStage(StageSection section) {
    this.section = section;
    RecipeFields options = section.options();
    prompts = (int) options.integer("prompts", 1, MANY, 256);
    answers = (int) options.integer("answers", 1, 1 << 12, 4);
    maxNewTokens = (int) options.integer("max-new-tokens", 1, MANY);
    temperature = options.number("temperature", 1e-3, 2, 1);
    options.finish();
    if (section.data().isEmpty()) {
      throw new RecipeException(
          "stage " + section.name() + ": data must hold at least one source.");
    }
  }

  @Override
  public Objective<MicroBatch> objective(StageContext context) {
    return new NextToken(context.model(), section.balanceLoss());
  }

  @Override
  public StepSource<MicroBatch> source(StageContext context, Objective<MicroBatch> objective) {
    Path folder = warmUp(context);
    context.onFirstRank("the warm-up set", () -> make(context, folder));
    ShardSet shards = ShardSet.open(folder);
    if (shards.size() == 0) {
      shards.close();
      throw new TrainingStoppedException(
          "stage %s: none of its prompts has a trace that the checker accepts."
              .formatted(section.name()));
    }
    Mixture mixture =
        new Mixture(
            section.seed(),
            List.of(
                new Mixture.Entry(
                    "warm-up", Mixture.DEFAULT_GROUP, 1, shuffled(shards, section.seed()))));
    return new MixtureSource(
        mixture,
        context.encoder().conversationsOnly(),
        section.packing(),
        section.microBatches(),
        step -> Map.of(),
        context.slice());
  }

  private static Path warmUp(StageContext context) {
    return context.folder().resolve("warmup");
  }

  private static SampleSource shuffled(ShardSet shards, long seed) {
    ShuffledSource order = new ShuffledSource(seed, shards.size(), shards::get);
    return new SampleSource() {
      @Override
      public Sample sample(long k) {
        return order.sample(k);
      }

      @Override
      public void close() {
        shards.close();
      }
    };
  }

  /** Makes the set, unless an earlier process of this run finished it. */
  private void make(StageContext context, Path folder) {
    if (Files.exists(folder.resolve(Manifest.FILE))
        && Manifest.read(folder).recipe().equals(section.hash())) {
      return;
    }
    if (new CheckpointStore(context.folder(), 1).latest().isPresent()) {
      throw new TrainingStoppedException(
          "stage %s goes on from a checkpoint, and the warm-up set that it began with, %s, is gone."
              .formatted(section.name(), folder));
    }
    List<Sample> samples = samples(context);
    long seed = KeyedHash.derive(section.seed(), "warm-up");
    DrawnAnswer[][] drawn =
        draw(context, samples, new Drawing(answers, temperature, maxNewTokens, seed));
    try (ShardSetWriter writer =
        new ShardSetWriter(folder, section.seed(), section.hash(), SHARD)) {
      for (int p = 0; p < drawn.length; p++) {
        Optional<Sample> chosen = WarmUpSet.choose(samples.get(p), drawn[p], seed);
        if (chosen.isPresent()) {
          writer.write(chosen.get());
        }
      }
      writer.finish();
    } catch (IOException e) {
      throw new TrainingStoppedException("the warm-up set cannot be written: " + e + ".", e);
    }
  }

  private List<Sample> samples(StageContext context) {
    try (Mixture mixture = context.mixture()) {
      return CheckableSamples.first(mixture, prompts);
    }
  }

  private static DrawnAnswer[][] draw(StageContext context, List<Sample> samples, Drawing drawing) {
    try (PolicyEngine engine = PolicyEngine.load(context.exportPolicy(), context.engineLimits())) {
      return engine.draw(samples.stream().map(Prompt::of).toList(), drawing);
    }
  }

  @Override
  public Map<String, Double> measure(StageContext context) {
    List<Sample> samples = samples(context);
    samples = samples.subList(0, Math.min(MEASURED, samples.size()));
    DrawnAnswer[][] drawn = draw(context, samples, new Drawing(1, 0, maxNewTokens, 0));
    double reasoned = 0;
    double right = 0;
    for (int p = 0; p < drawn.length; p++) {
      Answer answer = ThinkingSplitter.split(drawn[p][0].text());
      reasoned += answer.reasoningOpen() || answer.reasoning().isBlank() ? 0 : 1;
      right += drawn[p][0].isRight(samples.get(p)) ? 1 : 0;
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("greedy_reasoned", reasoned / drawn.length);
    measured.put("greedy_success", right / drawn.length);
    try (ShardSet shards = ShardSet.open(warmUp(context))) {
      double sampled = 0;
      for (Sample sample : shards) {
        sampled += sample.attributes().get(WarmUpSet.TRACE).equals(WarmUpSet.SAMPLED) ? 1 : 0;
      }
      measured.put("traces_sampled", sampled);
      measured.put("traces_generated", shards.size() - sampled);
    }
    return measured;
  }
}
