package dev.moonflow.training.trainer;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.optimizer.ExpertBiasUpdate;
import dev.moonflow.training.optimizer.LearningRate;
import dev.moonflow.training.optimizer.Optimizer;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;

/**
 * The steps of one stage: gradients of all micro-batches, one update, the experts' biases, a line
 * in the log, now and then a checkpoint.
 *
 * <p>A step's gradient is that of the sum of all losses divided by the sum of all weights, over
 * micro-batches and ranks. A step whose loss or gradient is not finite changes nothing and ends the
 * run; the last checkpoint is then as good as it was. One thread.
 *
 * @param <B> what one forward pass takes
 */
public final class TrainingLoop<B> implements AutoCloseable {

  /** How a loop ended. */
  public enum End {
    /** All steps are made; the last checkpoint is the stage's result. */
    FINISHED,
    /** Somebody asked for the end; the checkpoint is that of the last step made. */
    STOPPED
  }

  private final StageParts<B> parts;
  private final StageSection section;
  private final Parameters parameters;
  private final LearningRate rate;
  private final LoopCheckpoints<B> checkpoints;
  private Optimizer optimizer;
  private long step;

  /** A loop at its beginning, or at its newest checkpoint if the folder holds one. */
  public TrainingLoop(StageParts<B> parts) {
    this.parts = parts;
    this.section = parts.section();
    this.parameters = parts.allParameters();
    this.rate = section.rate().over(section.steps());
    this.optimizer = parts.optimizers().create(parameters);
    this.checkpoints = new LoopCheckpoints<>(parts);
    this.step = checkpoints.resume(optimizer);
  }

  /** Steps made so far. */
  public long step() {
    return step;
  }

  /** Makes the steps that are left. */
  public End run() {
    Ranks ranks = parts.ranks();
    if (ranks.isFirst()) {
      parts.listener().stage(section.name(), step, section.steps());
    }
    long saved = step;
    boolean stop = ranks.any(parts.stop().requested());
    while (step < section.steps() && !stop) {
      makeStep(step + 1);
      step++;
      stop = ranks.any(parts.stop().requested());
      boolean last = step == section.steps();
      if (last || stop || step % section.checkpointInterval() == 0) {
        checkpoints.save(step, last, optimizer);
        saved = step;
      }
    }
    if (saved < step) {
      checkpoints.save(step, step == section.steps(), optimizer);
    }
    return step == section.steps() ? End.FINISHED : End.STOPPED;
  }

  private void makeStep(long number) {
    long begin = System.nanoTime();
    Objective<B> objective = parts.objective();
    objective.beforeStep(number);
    if (objective.forgetsBefore(number)) {
      optimizer.close();
      optimizer = parts.optimizers().create(parameters);
    }
    List<B> batches = parts.source().next(number);
    parameters.clearGradients();
    StepSums sums = new StepSums();
    String culprit = "";
    for (B batch : batches) {
      double value = gradients(batch, number, sums);
      if (!Double.isFinite(value) && culprit.isEmpty()) {
        culprit = objective.describe(batch);
      }
    }
    sums.reduce(parts.ranks());
    requireUsable(number, sums, culprit);
    // The optimizer takes the mean over ranks; the loss is divided by the weight over ranks.
    Gradients.scale(parameters, parts.ranks().size() / sums.weight());
    update(number, batches);
    if (sums.load() != null && section.biasRate() > 0 && trainsExperts()) {
      ExpertBiases.move(
          parameters,
          sums.load(),
          new ExpertBiasUpdate(section.biasRate(), ExpertBiasUpdate.Form.MOONLIGHT));
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    StepRecord record = sums.record(number, rate.at(number), optimizer.gradientNorm(), seconds);
    if (parts.ranks().isFirst()) {
      checkpoints.log(record);
      parts.listener().step(record);
    }
  }

  /** Adds a micro-batch's gradients and sums; returns its loss. */
  private double gradients(B batch, long number, StepSums sums) {
    try (Scope scope = new Scope()) {
      Tape tape = parts.model().tape();
      Loss loss = parts.objective().loss(batch, tape, number);
      double value = Tensors.doubles(loss.sum())[0];
      sums.add(loss, value);
      if (Double.isFinite(value)) {
        tape.backward(loss.sum());
      }
      return value;
    }
  }

  private void requireUsable(long number, StepSums sums, String culprit) {
    if (!(sums.weight() > 0)) {
      throw new TrainingStoppedException(
          "step %d of stage %s: no token of its batches is learnt; %s."
              .formatted(number, section.name(), checkpoints.lastGood()));
    }
    if (!Double.isFinite(sums.meanLoss())) {
      throw new TrainingStoppedException(
          "step %d of stage %s: the loss is %s on %s; %s."
              .formatted(
                  number,
                  section.name(),
                  sums.meanLoss(),
                  culprit.isEmpty() ? "another rank" : culprit,
                  checkpoints.lastGood()));
    }
  }

  private void update(long number, List<B> batches) {
    try {
      optimizer.step(rate.at(number));
    } catch (ArithmeticException e) {
      String tensor =
          Gradients.firstNotFinite(parameters)
              .map(name -> "the gradient of " + name + " is not finite")
              .orElse(e.getMessage());
      String names = batches.isEmpty() ? "" : " on " + parts.objective().describe(batches.get(0));
      throw new TrainingStoppedException(
          "step %d of stage %s: %s%s; %s."
              .formatted(number, section.name(), tensor, names, checkpoints.lastGood()),
          e);
    }
  }

  /** Whether the language model's experts are trained at all in this stage. */
  private boolean trainsExperts() {
    return parameters.trainedNames().stream().anyMatch(name -> name.contains(".mlp.experts."));
  }

  @Override
  public void close() {
    checkpoints.close();
    optimizer.close();
  }
}
