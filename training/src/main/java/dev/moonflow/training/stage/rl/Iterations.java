package dev.moonflow.training.stage.rl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.rollout.PolicyEngine;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.stage.StageContext;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The iterations of a run and the rollouts of the one that is going on. Rollouts are on the disk
 * before the first update from them, so a run that ends between two updates goes on with the very
 * same ones; if it ends before the first update, they are used if the same policy drew them.
 *
 * <p>The first rank draws; the others wait and read its file from the same folder.
 */
final class Iterations {
  private final StageContext context;
  private final RlOptions options;
  private final PromptPool pool;
  private final RolloutMaker maker;
  private final RolloutPacker packer;
  private long counted; // the last iteration whose answers the pool has counted
  private RolloutFile current;

  Iterations(
      StageContext context,
      RlOptions options,
      PromptPool pool,
      RolloutMaker maker,
      RolloutPacker packer) {
    this.context = context;
    this.options = options;
    this.pool = pool;
    this.maker = maker;
    this.packer = packer;
  }

  /** Makes the rollouts of a step's iteration, or reads them, unless they are at hand. */
  void prepare(long step) {
    long iteration = options.iteration(step);
    if (current != null && current.iteration() == iteration) {
      return;
    }
    Path file = RolloutFile.place(context.folder().resolve("rollouts"), iteration);
    if (options.update(step) > 0) {
      requireThere(file, step);
    } else {
      context.onFirstRank("the rollouts", () -> draw(iteration, file));
    }
    current = RolloutFile.read(file);
    if (counted < iteration) {
      current.rollouts().forEach(rollout -> pool.count(rollout.sample(), rollout.correct()));
      counted = iteration;
    }
  }

  private static void requireThere(Path file, long step) {
    if (!Files.exists(file)) {
      throw new TrainingStoppedException(
          "step %d goes on in the middle of an iteration whose rollouts, %s, are gone."
              .formatted(step, file));
    }
  }

  private void draw(long iteration, Path file) {
    Path policy = context.exportPolicy();
    try (PolicyEngine engine = PolicyEngine.load(policy, context.engineLimits())) {
      // Another recipe draws other answers from the same weights.
      String fingerprint = engine.model().fingerprint() + "/" + context.section().hash();
      if (Files.exists(file) && RolloutFile.read(file).policy().equals(fingerprint)) {
        return; // drawn by the same policy before this run was interrupted
      }
      long key = KeyedHash.bits(KeyedHash.derive(context.section().seed(), "prompts"), iteration);
      int open = options.curriculum().open(iteration, pool.size(), options.prompts());
      List<Sample> prompts = pool.choose(open, options.prompts(), key);
      long seed = KeyedHash.bits(KeyedHash.derive(context.section().seed(), "draws"), iteration);
      List<Rollout> rollouts = maker.make(engine, prompts, options.lengthWeight(iteration), seed);
      new RolloutFile(iteration, fingerprint, rollouts).write(file);
    }
  }

  /** This rank's rollouts of a step that {@link #prepare} was called for. */
  List<RolloutBatch> batches(long step) {
    int each = options.prompts() / options.updates() * options.answers();
    int from = options.update(step) * each;
    List<Rollout> own = new ArrayList<>();
    for (int i = from; i < from + each; i++) {
      if (i % context.ranks().size() == context.ranks().rank()) {
        own.add(current.rollouts().get(i));
      }
    }
    return packer.pack(own);
  }

  /** The mean difference per token between engine and trained model; 0 if none was asked for. */
  double mismatch() {
    return current.rollouts().stream()
        .mapToDouble(Rollout::mismatch)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(0);
  }

  /** What is counted so far. */
  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode().put("counted", counted);
    state.set("pool", pool.state());
    return state;
  }

  /** Puts {@link #state} back. */
  void restore(JsonNode state) {
    counted = state.path("counted").longValue();
    pool.restore(state.path("pool"));
    current = null;
  }
}
