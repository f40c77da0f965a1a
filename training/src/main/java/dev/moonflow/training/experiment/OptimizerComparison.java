package dev.moonflow.training.experiment;

import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.torch.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How many steps Muon needs for the loss that AdamW ends with, both at their best rate of a grid.
 */
public final class OptimizerComparison {
  /** Shares of the steps that Muon is given in runs of their own. */
  private static final List<Double> SHARES = List.of(0.3, 0.4, 0.5, 0.6, 0.7);

  private OptimizerComparison() {}

  /** Runs the whole grid in one thread; {@code tell} gets a line after each run. */
  static ComparisonOutcome run(ComparisonPlan plan, Consumer<String> tell) {
    Ops.threads(1);
    ComparisonRun runner = new ComparisonRun(plan);
    List<LossCurve> adamw = new ArrayList<>();
    List<LossCurve> muon = new ArrayList<>();
    OptimizerSettings first = OptimizerSettings.adamwOnly();
    OptimizerSettings second = OptimizerSettings.standard();
    for (double rate : plan.rates()) {
      adamw.add(one(runner, ComparisonOutcome.ADAMW, first, rate, plan.steps(), tell));
      muon.add(one(runner, ComparisonOutcome.MUON, second, rate, plan.steps(), tell));
    }
    double rate = ComparisonOutcome.best(muon).rate();
    List<LossCurve> shortened = new ArrayList<>();
    for (double share : SHARES) {
      int steps = (int) Math.round(share * plan.steps());
      shortened.add(one(runner, ComparisonOutcome.MUON, second, rate, steps, tell));
    }
    return new ComparisonOutcome(plan, adamw, muon, shortened);
  }

  private static LossCurve one(
      ComparisonRun runner,
      String name,
      OptimizerSettings settings,
      double rate,
      int steps,
      Consumer<String> tell) {
    LossCurve curve = runner.run(name, settings, rate, steps, step -> {});
    tell.accept(
        "%-5s  rate %.4f  %4d steps  loss %.4f  %.0f s"
            .formatted(name, rate, steps, curve.last(), curve.seconds()));
    return curve;
  }
}
