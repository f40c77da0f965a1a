package dev.moonflow.training.evaluation.metric;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The metrics by the names that task definitions use. */
public final class Metrics {
  private static final Map<String, Metric> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("exact-match", new ExactMatch()),
              Map.entry("choice-accuracy", new ChoiceAccuracy()),
              Map.entry("anls", new Anls()),
              Map.entry("cer", ErrorRate.ofCharacters()),
              Map.entry("wer", ErrorRate.ofWords()),
              Map.entry("relaxed-accuracy", new NumericAccuracy()),
              Map.entry("grounding-hit", new GroundingHit()),
              Map.entry("containment", new Containment()),
              Map.entry("needle-recall", new NeedleRecallMetric()),
              Map.entry("mixed-accuracy", new MixedAccuracy()),
              Map.entry("verbatim", new Verbatim()),
              Map.entry("all-phrases", new AllPhrases())));

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
