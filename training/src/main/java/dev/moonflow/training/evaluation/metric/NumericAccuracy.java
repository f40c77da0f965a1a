package dev.moonflow.training.evaluation.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * Whether the number is right: within the target's relative tolerance (ChartQA's 5 %), or equal
 * after rounding to its decimals (MathVista).
 */
final class NumericAccuracy implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Number number)) {
      throw Metric.wrongTarget("relaxed-accuracy", target);
    }
    OptionalDouble found = WrittenNumber.in(answer);
    if (found.isEmpty()) {
      return Judgement.of("", false);
    }
    double value = found.getAsDouble();
    return Judgement.of(BigDecimal.valueOf(value).toString(), isRight(value, number));
  }

  static boolean isRight(double value, Target.Number target) {
    if (target.tolerance() > 0) {
      return target.value() == 0
          ? value == 0
          : Math.abs(value - target.value()) <= target.tolerance() * Math.abs(target.value());
    }
    return rounded(value, target.decimals()).compareTo(rounded(target.value(), target.decimals()))
        == 0;
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }
}
