package dev.moonflow.training.evaluation.metric;

/**
 * Average normalised Levenshtein similarity (Biten et al., 2019): 1 less the edit distance over the
 * longer length, in lower case; 0 where that distance reaches a half. The best reference counts.
 */
final class Anls implements Metric {
  private static final double THRESHOLD = 0.5;

  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Text text)) {
      throw Metric.wrongTarget("anls", target);
    }
    String found = PlainText.lower(answer);
    double best = 0;
    for (String reference : text.references()) {
      best = Math.max(best, similarity(found, PlainText.lower(reference)));
    }
    return Judgement.graded(found, best);
  }

  /** From 0 to 1. */
  static double similarity(String a, String b) {
    int longer = Math.max(a.codePointCount(0, a.length()), b.codePointCount(0, b.length()));
    if (longer == 0) {
      return 1;
    }
    double distance = (double) EditDistance.ofCodePoints(a, b) / longer;
    return distance < THRESHOLD ? 1 - distance : 0;
  }

  @Override
  public boolean isProportion() {
    return false;
  }
}
