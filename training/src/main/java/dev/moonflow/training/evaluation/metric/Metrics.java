package dev.moonflow.training.evaluation.metric;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The metrics by the names that task definitions use. */
public final class Metrics {
  private static final Map<String, Metric> BY_NAME =
      new TreeMap<>(
          Map.of(
              "exact-match", new ExactMatch(),
              "choice-accuracy", new ChoiceAccuracy(),
              "anls", new Anls(),
              "cer", ErrorRate.ofCharacters(),
              "wer", ErrorRate.ofWords(),
              "relaxed-accuracy", new NumericAccuracy(),
              "grounding-hit", new GroundingHit(),
              "containment", new Containment(),
              "needle-recall", new NeedleRecallMetric(),
              "mixed-accuracy", new MixedAccuracy()));

  private Metrics() {}

  /** The metric of a name. */
  public static Optional<Metric> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, in order. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }
}
