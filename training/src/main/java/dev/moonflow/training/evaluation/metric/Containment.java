package dev.moonflow.training.evaluation.metric;

import java.util.List;

/**
 * Whether a reference stands anywhere in the answer, in lower case with line ends as spaces
 * (OCRBench); a formula is compared without white space and with its case.
 */
final class Containment implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (target instanceof Target.Formula formula) {
      String dense = PlainText.dense(answer);
      return named(
          formula.references(),
          formula.references().stream().map(PlainText::dense).toList(),
          dense);
    }
    if (!(target instanceof Target.Text text)) {
      throw Metric.wrongTarget("containment", target);
    }
    return named(
        text.references(),
        text.references().stream().map(PlainText::lower).toList(),
        PlainText.lower(answer));
  }

  private static Judgement named(List<String> references, List<String> forms, String answer) {
    for (int i = 0; i < forms.size(); i++) {
      if (!forms.get(i).isEmpty() && answer.contains(forms.get(i))) {
        return Judgement.of(references.get(i), true);
      }
    }
    return Judgement.of("", false);
  }
}
