package dev.moonflow.training.evaluation.metric;

/** The same characters as a reference, white space at the ends and between words aside. */
final class Verbatim implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Text text)) {
      throw Metric.wrongTarget("verbatim", target);
    }
    String found = PlainText.spaced(answer);
    return Judgement.of(
        found, text.references().stream().map(PlainText::spaced).anyMatch(found::equals));
  }
}
