package dev.moonflow.training.evaluation.metric;

/**
 * Whether the needle was recalled: it stands in the answer as a word of its own, so that 4821 is
 * not found in 148210. Recall by context length is this metric over the items of each bucket.
 */
final class NeedleRecallMetric implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Text text)) {
      throw Metric.wrongTarget("needle-recall", target);
    }
    String lower = PlainText.lower(answer);
    for (String reference : text.references()) {
      if (PlainText.holdsWord(lower, PlainText.lower(reference))) {
        return Judgement.of(reference, true);
      }
    }
    return Judgement.of("", false);
  }
}
