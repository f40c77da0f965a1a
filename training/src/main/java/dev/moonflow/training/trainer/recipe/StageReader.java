package dev.moonflow.training.trainer.recipe;

import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.Mixture;
import dev.moonflow.training.batch.PackingSettings;
import dev.moonflow.training.optimizer.AdamWRule;
import dev.moonflow.training.optimizer.GroupPattern;
import dev.moonflow.training.optimizer.Method;
import dev.moonflow.training.optimizer.MuonRule;
import dev.moonflow.training.optimizer.NewtonSchulz;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.optimizer.ParameterGroups;
import dev.moonflow.training.torch.Precision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;

/** One entry of {@code stages}. */
final class StageReader {
  private static final long STEPS_MAX = 1_000_000_000L;

  private enum TrainedPrecision {
    F32,
    BF16
  }

  private enum Preset {
    MUON,
    ADAMW
  }

  private enum LongExamples {
    REFUSE,
    CUT
  }

  private StageReader() {}

  static StageSection read(RecipeFields stage, long runSeed, Path folder) {
    String name = stage.text("name");
    if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw stage.bad("name", "must be lower-case letters, digits and hyphens");
    }
    long steps = stage.integer("steps", 1, STEPS_MAX);
    RecipeFields batch = stage.section("batch");
    RecipeFields checkpoints = stage.section("checkpoints");
    StageSection section =
        new StageSection(
            name,
            stage.text("kind", name),
            steps,
            stage.integer("seed", 0, Long.MAX_VALUE, KeyedHash.derive(runSeed, name) >>> 1),
            data(stage, folder),
            packing(stage, batch),
            (int) batch.integer("micro-batches", 1, 1 << 20, 1),
            rate(stage.section("learning-rate"), steps),
            optimizer(stage.section("optimizer")),
            Precision.valueOf(
                stage.choice("precision", TrainedPrecision.class, TrainedPrecision.F32).name()),
            stage.flag("recompute", false),
            stage.texts("trained", List.of()),
            stage.has("rope-base")
                ? OptionalDouble.of(stage.number("rope-base", 1, 1e12))
                : OptionalDouble.empty(),
            stage.number("balance-loss", 0, 100, 1e-4),
            stage.number("bias-rate", 0, 1, 1e-3),
            checkpoints.integer("interval", 1, STEPS_MAX, Math.max(1, steps / 4)),
            (int) checkpoints.integer("keep", 1, 1000, 2),
            stage.section("options"),
            hash(stage));
    batch.finish();
    checkpoints.finish();
    stage.finish();
    return section;
  }

  private static List<SourceSection> data(RecipeFields stage, Path folder) {
    List<SourceSection> sources = new ArrayList<>();
    for (RecipeFields source : stage.sections("data")) {
      SourceSection.Kind kind = kind(source);
      sources.add(
          new SourceSection(
              kind,
              switch (kind) {
                case GENERATOR -> source.text("generator");
                case SHARDS -> folder.resolve(source.text("shards")).toString();
                case NEEDLES -> "needles";
              },
              source.text("group", Mixture.DEFAULT_GROUP),
              source.number("weight", 1e-9, 1e9, 1)));
      source.finish();
    }
    return sources;
  }

  private static SourceSection.Kind kind(RecipeFields source) {
    boolean generator = source.has("generator");
    boolean shards = source.has("shards");
    boolean needles = source.flag("needles", false);
    if ((generator ? 1 : 0) + (shards ? 1 : 0) + (needles ? 1 : 0) != 1) {
      throw source.bad("must say one of generator, shards and needles: true");
    }
    return generator
        ? SourceSection.Kind.GENERATOR
        : shards ? SourceSection.Kind.SHARDS : SourceSection.Kind.NEEDLES;
  }

  private static PackingSettings packing(RecipeFields stage, RecipeFields batch) {
    int context = (int) stage.integer("context", 2, 1 << 24);
    int tokens = (int) batch.integer("tokens", 2, 1 << 26, context);
    if (tokens < context) {
      throw batch.bad("tokens", "must be at least context, " + context);
    }
    return new PackingSettings(
        context,
        tokens,
        (int) batch.integer("patches", 4, 1 << 26, 4L * tokens),
        batch.choice("long-examples", LongExamples.class, LongExamples.REFUSE) == LongExamples.CUT,
        batch.flag("join-documents", false));
  }

  private static RateSection rate(RecipeFields rate, long steps) {
    double peak = rate.number("peak", 0, 1000);
    RateSection section =
        new RateSection(
            peak,
            rate.number("end", 0, 1000, peak / 10),
            rate.integer("warmup", 0, steps - 1, 0),
            rate.choice("shape", RateSection.Shape.class, RateSection.Shape.COSINE));
    rate.finish();
    return section;
  }

  private static OptimizerSettings optimizer(RecipeFields optimizer) {
    Preset preset = optimizer.choice("preset", Preset.class, Preset.MUON);
    List<GroupPattern> own = new ArrayList<>();
    for (RecipeFields group : optimizer.sections("groups")) {
      own.add(
          new GroupPattern(
              group.text("match"),
              group.choice("method", Method.class, Method.MUON),
              group.number("rate", 0, 1000, 1),
              group.number("decay", 0, 1000, 1),
              (int) group.integer("blocks", 1, 1 << 16, 1)));
      group.finish();
    }
    ParameterGroups standard =
        preset == Preset.MUON ? ParameterGroups.standard() : ParameterGroups.adamwOnly();
    own.addAll(standard.patterns());
    double decay = optimizer.number("weight-decay", 0, 10, 0.1);
    MuonRule muon =
        new MuonRule(
            optimizer.number("momentum", 0, 0.9999, 0.95),
            optimizer.flag("nesterov", true),
            decay,
            optimizer.number("update-scale", 1e-6, 100, 0.2),
            new NewtonSchulz(
                (int) optimizer.integer("rounds", 1, 20, 5),
                optimizer.choice(
                    "newton-schulz", NewtonSchulz.Format.class, NewtonSchulz.Format.F32)));
    AdamWRule adamw =
        new AdamWRule(
            optimizer.number("beta1", 0, 0.9999, 0.9),
            optimizer.number("beta2", 0, 0.9999999, 0.95),
            optimizer.number("epsilon", 1e-20, 1, 1e-8),
            decay);
    OptimizerSettings section =
        new OptimizerSettings(
            muon, adamw, new ParameterGroups(own), optimizer.number("clip", 0, 1e9, 1));
    optimizer.finish();
    return section;
  }

  /** How often checkpoints are written, and how many stay, changes nothing that is learnt. */
  private static String hash(RecipeFields stage) {
    String canonical = stage.keys().without("checkpoints").canonical();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
