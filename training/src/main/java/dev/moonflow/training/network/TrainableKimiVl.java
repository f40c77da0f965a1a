package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A Kimi-VL that can be trained: the whole model as a differentiable function of its named
 * parameters. It reads and writes the same Hugging Face folder as the inference engine.
 *
 * <p>Not thread-safe. Close it to free the parameters.
 */
public final class TrainableKimiVl implements AutoCloseable {
  /** Rows of logits made at a time, so that a large vocabulary does not hold T x V values. */
  private static final int LOSS_ROWS = 2048;

  private final KimiVlConfig config;
  private final Parameters parameters;
  private final VisionTower tower;
  private final Projector projector;
  private final LanguageNetwork language;
  private boolean recompute;

  TrainableKimiVl(KimiVlConfig config, Parameters parameters, Precision precision) {
    this.config = config;
    this.parameters = parameters;
    this.tower = new VisionTower(config.vision(), parameters, precision);
    this.projector = new Projector(parameters, precision);
    this.language = new LanguageNetwork(config.text(), parameters, precision);
  }

  /** A model with random weights drawn from a seed (see {@link Initialization}). */
  public static TrainableKimiVl create(KimiVlConfig config, long seed, Precision precision) {
    return new TrainableKimiVl(config, Initialization.draw(config, seed, precision), precision);
  }

  /**
   * Loads a checkpoint folder.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException naming file, tensor or field
   */
  public static TrainableKimiVl load(Path folder, Precision precision) {
    return ModelFolder.load(folder, precision);
  }

  /**
   * Writes a checkpoint folder that the pipeline runs as it is.
   *
   * @param folder made if absent; files of these names are replaced one by one
   * @param dtype F32 or BF16; the expert correction biases always stay F32
   * @param companions folder whose tokenizer, preprocessor and generation files are copied
   */
  public void save(Path folder, DType dtype, Path companions) throws IOException {
    ModelFolder.save(this, folder, dtype, companions);
  }

  /** The shapes. */
  public KimiVlConfig config() {
    return config;
  }

  /** All weights by checkpoint name. */
  public Parameters parameters() {
    return parameters;
  }

  /** The vision tower alone, for contrastive training. */
  public VisionTower tower() {
    return tower;
  }

  /**
   * Rows of the language model that stand for images, one image after another (SPEC sections 5 and
   * 6).
   *
   * @param images one or more
   * @return [M, H], M the sum of their media tokens
   */
  public Tensor media(List<ImagePatches> images, Tape tape) {
    return projector.project(tower.merged(tower.features(images, tape), images));
  }

  /** Whether blocks keep only their input and run again for the gradients; off at first. */
  public TrainableKimiVl recompute(boolean on) {
    this.recompute = on;
    return this;
  }

  /** A tape for one forward and backward pass, as {@link #recompute} says. */
  public Tape tape() {
    return new Tape(recompute);
  }

  /**
   * The loss of a batch. {@link Tape#backward} on a combination of the result's scalars gives the
   * gradients.
   */
  public ForwardResult forward(PackedBatch batch, Tape tape) {
    LanguageNetwork.Result decoded = decode(batch, tape);
    Tensor hidden = decoded.hidden();
    Targets targets = Targets.of(batch);
    Tensor sum = Ops.zeros(Ops.type(hidden));
    for (int from = 0; from < targets.size(); from += LOSS_ROWS) {
      Targets some = targets.slice(from, Math.min(targets.size(), from + LOSS_ROWS));
      Tensor rows = Ops.rows(hidden, Tensors.indices(some.rows()));
      sum = sum.add(tape.run(in -> List.of(crossEntropy(in, some)), rows).get(0));
    }
    return new ForwardResult(sum, batch.weight(), decoded.balanceLoss(), decoded.load());
  }

  /** Logits of every position [T, V], without gradients. */
  public Tensor logits(PackedBatch batch) {
    try (NoGradient off = new NoGradient()) {
      return language.logits(decode(batch, new Tape(false)).hidden());
    }
  }

  /**
   * log p(token t | tokens before it in its segment), [T], with gradients; 0 where the target
   * weight is 0.
   */
  public Tensor logProbabilities(PackedBatch batch, Tape tape) {
    Tensor hidden = decode(batch, tape).hidden();
    Targets targets = Targets.of(batch);
    if (targets.size() == 0) {
      return Ops.zeros(Ops.type(hidden), batch.length());
    }
    List<Tensor> parts = new ArrayList<>();
    for (int from = 0; from < targets.size(); from += LOSS_ROWS) {
      Targets some = targets.slice(from, Math.min(targets.size(), from + LOSS_ROWS));
      Tensor rows = Ops.rows(hidden, Tensors.indices(some.rows()));
      parts.add(tape.run(in -> List.of(logProbability(in, some)), rows).get(0));
    }
    return Ops.scatterRows(Ops.cat(parts, 0), Tensors.indices(targets.places()), batch.length());
  }

  /** -sum of weight times log p over some targets; rows [n, H]. */
  private Tensor crossEntropy(Tensor rows, Targets some) {
    Tensor weights = Tensors.of(some.weights(), Ops.type(rows), some.size());
    return Ops.sum(logProbability(rows, some).mul(weights), 0, false).neg();
  }

  private Tensor logProbability(Tensor rows, Targets some) {
    Tensor log = Ops.logSoftmax(language.logits(rows));
    return Ops.gatherLast(log, Tensors.indices(some.tokens()).unsqueeze(1)).squeeze(1);
  }

  private LanguageNetwork.Result decode(PackedBatch batch, Tape tape) {
    Tensor x = language.embed(batch.tokens());
    if (!batch.images().isEmpty()) {
      Tensor media = media(batch.images(), tape);
      x = Ops.rows(Ops.cat(List.of(x, media), 0), Tensors.indices(places(batch, media.size(0))));
    } else {
      places(batch, 0);
    }
    return language.decode(x, batch, tape);
  }

  /** Where each position's row stands in embeddings followed by image rows (SPEC section 7). */
  private int[] places(PackedBatch batch, long mediaRows) {
    int[] places = new int[batch.length()];
    int media = 0;
    for (int t = 0; t < places.length; t++) {
      boolean isMedia = batch.tokens()[t] == config.mediaTokenId() && !batch.generated().get(t);
      places[t] = isMedia ? places.length + media++ : t;
    }
    if (media != mediaRows) {
      throw new IllegalArgumentException(
          String.format("%d image placeholders for %d image rows", media, mediaRows));
    }
    return places;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
