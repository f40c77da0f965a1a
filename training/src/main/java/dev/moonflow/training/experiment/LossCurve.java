package dev.moonflow.training.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * Held-out loss over the steps of one run.
 *
 * @param optimizer its name
 * @param rate peak learning rate
 * @param length steps that the schedule was made for
 * @param steps where it was measured, rising
 * @param losses nats per token there
 * @param seconds that the run took
 */
record LossCurve(
    String optimizer,
    double rate,
    int length,
    List<Integer> steps,
    List<Double> losses,
    double seconds) {

  /** Loss at the end. */
  double last() {
    return losses.get(losses.size() - 1);
  }

  /** First measured step whose loss is not above another; the length + 1 if there is none. */
  int firstAtMost(double loss) {
    for (int i = 0; i < steps.size(); i++) {
      if (losses.get(i) <= loss) {
        return steps.get(i);
      }
    }
    return length + 1;
  }

  /** Collects measurements. */
  static final class Builder {
    private final String optimizer;
    private final double rate;
    private final int length;
    private final List<Integer> steps = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    Builder(String optimizer, double rate, int length) {
      this.optimizer = optimizer;
      this.rate = rate;
      this.length = length;
    }

    void add(int step, double loss) {
      steps.add(step);
      losses.add(loss);
    }

    LossCurve build(double seconds) {
      return new LossCurve(
          optimizer, rate, length, List.copyOf(steps), List.copyOf(losses), seconds);
    }
  }
}
