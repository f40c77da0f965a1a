package dev.moonflow.training.evaluation.metric;

/** Equal to a reference in lower case, without articles, punctuation and extra space. */
final class ExactMatch implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Text text)) {
      throw Metric.wrongTarget("exact-match", target);
    }
    String found = PlainText.normal(FinalAnswer.of(answer));
    boolean right =
        !found.isEmpty()
            && text.references().stream().anyMatch(r -> PlainText.normal(r).equals(found));
    return Judgement.of(found, right);
  }
}
