package dev.moonflow.training.experiment;

import dev.moonflow.training.network.ExpertLoad;
import dev.moonflow.training.network.ForwardResult;
import dev.moonflow.training.network.PackedBatch;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.optimizer.ExpertBiasUpdate;
import dev.moonflow.training.optimizer.LearningRate;
import dev.moonflow.training.optimizer.Optimizer;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** One training run of the comparison, from the same first weights over the same text. */
final class ComparisonRun {
  private static final double BALANCE_WEIGHT = 1e-3;
  private static final ExpertBiasUpdate BALANCE =
      new ExpertBiasUpdate(1e-3, ExpertBiasUpdate.Form.MOONLIGHT);
  private static final int HELD_OUT_DOCUMENTS = 64;

  private final ComparisonPlan plan;
  private final MadeUpLanguage language;
  private final PackedBatch heldOut;

  ComparisonRun(ComparisonPlan plan) {
    this.plan = plan;
    this.language = new MadeUpLanguage(plan.seed());
    this.heldOut = language.batch(1L << 40, HELD_OUT_DOCUMENTS, plan.length());
  }

  /**
   * Trains and measures.
   *
   * @param rate peak of the learning rate: linear from zero over a tenth of the steps, then linear
   *     to zero
   * @param afterStep told of every step
   */
  LossCurve run(
      String name, OptimizerSettings settings, double rate, int steps, LongConsumer afterStep) {
    LearningRate schedule = schedule(rate, steps);
    LossCurve.Builder curve = new LossCurve.Builder(name, rate, steps);
    long begin = System.nanoTime();
    try (TrainableKimiVl model = TrainableKimiVl.create(plan.model(), plan.seed(), Precision.F32)) {
      Parameters parameters = model.parameters();
      parameters.trainOnly(
          tensor ->
              tensor.startsWith("language_model.") && !tensor.endsWith("e_score_correction_bias"));
      curve.add(0, evaluate(model));
      try (Optimizer optimizer = settings.create(parameters)) {
        for (int step = 1; step <= steps; step++) {
          step(model, (long) (step - 1) * plan.documents());
          optimizer.step(schedule.at(step));
          clearGradients(parameters);
          if (step % plan.evaluateEvery() == 0 || step == steps) {
            curve.add(step, evaluate(model));
          }
          afterStep.accept(step);
        }
      }
    }
    return curve.build((System.nanoTime() - begin) / 1e9);
  }

  private static LearningRate schedule(double rate, int steps) {
    int warmup = Math.max(1, steps / 10);
    return new LearningRate.Phases(
        List.of(
            new LearningRate.Linear(0, rate, warmup),
            new LearningRate.Linear(rate, 0, steps - warmup)));
  }

  private void step(TrainableKimiVl model, long firstDocument) {
    try (Scope scope = new Scope()) {
      PackedBatch batch = language.batch(firstDocument, plan.documents(), plan.length());
      Tape tape = model.tape();
      ForwardResult result = model.forward(batch, tape);
      Tensor loss = Ops.scale(result.lossSum(), 1 / result.weight());
      tape.backward(InPlace.sum(loss, result.balanceLoss(), BALANCE_WEIGHT));
      balance(model.parameters(), result.load());
    }
  }

  private static void balance(Parameters parameters, ExpertLoad load) {
    IntStream.range(0, load.counts().length)
        .filter(layer -> load.counts()[layer].length > 0)
        .forEach(
            layer -> {
              Tensor bias =
                  parameters.get(
                      "language_model.model.layers." + layer + ".mlp.gate.e_score_correction_bias");
              float[] next = BALANCE.next(Tensors.floats(bias), load.counts()[layer]);
              InPlace.copy(InPlace.values(bias), Tensors.of(next, Ops.type(bias), next.length));
            });
  }

  private static void clearGradients(Parameters parameters) {
    parameters.trainedNames().forEach(name -> parameters.get(name).mutable_grad().reset());
  }

  /** Mean loss per token of held-out text, nats. */
  private double evaluate(TrainableKimiVl model) {
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      ForwardResult result = model.forward(heldOut, new Tape(false));
      return result.lossSum().item_double() / result.weight();
    }
  }
}
