package dev.moonflow.training.evaluation.metric;

import java.util.Locale;
import java.util.Optional;

/** Whether the predicted point, or the centre of the predicted box, lies in the target's box. */
final class GroundingHit implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Place place)) {
      throw Metric.wrongTarget("grounding-hit", target);
    }
    Optional<PredictedPoint> point =
        PredictedPoint.parse(answer, place.coordinates(), place.width(), place.height());
    if (point.isEmpty()) {
      return Judgement.of("", false);
    }
    double x = point.get().x();
    double y = point.get().y();
    return Judgement.of(
        String.format(Locale.ROOT, "(%.1f, %.1f)", x, y), place.box().contains(x, y));
  }
}
