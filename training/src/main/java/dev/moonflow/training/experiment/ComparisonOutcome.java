package dev.moonflow.training.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the comparison of optimizers measured.
 *
 * @param adamw full runs of AdamW, one per rate
 * @param muon full runs of Muon, one per rate
 * @param shortened runs of Muon at its best rate whose whole schedule is shorter, shortest first
 */
record ComparisonOutcome(
    ComparisonPlan plan, List<LossCurve> adamw, List<LossCurve> muon, List<LossCurve> shortened) {
  static final String ADAMW = "AdamW";
  static final String MUON = "Muon";

  /** Sorts curves, as {@link CurveTable} holds them, into an outcome. */
  static ComparisonOutcome of(ComparisonPlan plan, List<LossCurve> curves) {
    return new ComparisonOutcome(
        plan,
        curves.stream().filter(c -> c.optimizer().equals(ADAMW)).toList(),
        curves.stream()
            .filter(c -> c.optimizer().equals(MUON) && c.length() == plan.steps())
            .toList(),
        curves.stream()
            .filter(c -> c.optimizer().equals(MUON) && c.length() < plan.steps())
            .toList());
  }

  /** The run with the lowest loss at its end. */
  static LossCurve best(List<LossCurve> curves) {
    return curves.stream().min(Comparator.comparingDouble(LossCurve::last)).orElseThrow();
  }

  /** All runs. */
  List<LossCurve> curves() {
    List<LossCurve> all = new ArrayList<>(adamw);
    all.addAll(muon);
    all.addAll(shortened);
    return all;
  }

  /**
   * Smallest share of the steps with which a whole run of Muon ends at AdamW's best final loss or
   * below; infinite if none does.
   */
  double share() {
    double target = best(adamw).last();
    return shortened.stream()
        .filter(curve -> curve.last() <= target)
        .mapToDouble(curve -> (double) curve.length() / plan.steps())
        .min()
        .orElse(best(muon).last() <= target ? 1 : Double.POSITIVE_INFINITY);
  }

  /** Share of the steps after which the best full run of Muon first crosses that loss. */
  double crossing() {
    return (double) best(muon).firstAtMost(best(adamw).last()) / plan.steps();
  }
}
