package dev.moonflow.training.evaluation.metric;

import java.util.List;

/** Whether every phrase stands in the answer as whole words, in lower case: captions. */
final class AllPhrases implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.AllOf all)) {
      throw Metric.wrongTarget("all-phrases", target);
    }
    String text = PlainText.lower(answer);
    List<String> missing =
        all.elements().stream()
            .filter(phrase -> !PlainText.holdsWord(text, PlainText.lower(phrase)))
            .toList();
    String found = missing.isEmpty() ? "" : "missing: " + String.join(" | ", missing);
    return Judgement.of(found, missing.isEmpty());
  }
}
