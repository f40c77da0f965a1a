package dev.moonflow.training.evaluation.report;

import dev.moonflow.training.evaluation.metric.Metric;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.statistics.Bootstrap;
import dev.moonflow.training.evaluation.statistics.Interval;
import dev.moonflow.training.evaluation.statistics.Portion;
import dev.moonflow.training.evaluation.statistics.Wilson;
import java.util.List;

/**
 * A score of some items.
 *
 * @param items how many, damaged ones included
 * @param errors of which could not be asked or answered; they count as wrong
 * @param value the score, from 0 to 1 but for error rates
 * @param interval its 95 % confidence interval
 * @param method {@code wilson} or {@code bootstrap}
 */
public record Score(int items, int errors, double value, Interval interval, String method) {

  /** The score of answers under a metric. */
  static Score of(List<Answered> answers, Metric metric, long seed) {
    List<Portion> portions = answers.stream().map(Answered::portion).toList();
    int errors = (int) answers.stream().filter(Answered::failed).count();
    double value = Bootstrap.ratio(portions);
    // A bootstrap of equal items has no width; for worths from 0 to 1 Wilson's interval is wider
    // than need be, and honest.
    boolean equal = !metric.isErrorRate() && portions.stream().distinct().count() <= 1;
    if (metric.isProportion() || equal) {
      double hits = portions.stream().mapToDouble(Portion::part).sum();
      return new Score(answers.size(), errors, value, Wilson.of(hits, answers.size()), "wilson");
    }
    return new Score(answers.size(), errors, value, Bootstrap.of(portions, seed), "bootstrap");
  }
}
