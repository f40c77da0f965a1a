package dev.moonflow.training.evaluation.metric;

import java.util.List;

/**
 * The metric of benchmarks whose questions are of several kinds (MMMU, MathVista, MathVision,
 * MMLongBench-Doc): the target's kind decides. Open texts: a number must be equal to two decimals,
 * a word must be named, and a longer text may differ as ANLS lets it.
 */
final class MixedAccuracy implements Metric {
  private static final Metric CHOICE = new ChoiceAccuracy();
  private static final Metric NUMBER = new NumericAccuracy();

  /** Decimals to which open answers are compared, as MMMU's script does. */
  private static final int DECIMALS = 2;

  private static final List<String> REFUSALS =
      List.of(
          "not answerable",
          "unanswerable",
          "cannot be answered",
          "can not be answered",
          "fail to answer",
          "no answer");

  @Override
  public Judgement judge(String answer, Target target) {
    if (target instanceof Target.Choice) {
      return CHOICE.judge(answer, target);
    }
    if (target instanceof Target.Number) {
      return NUMBER.judge(answer, target);
    }
    if (target instanceof Target.Text text) {
      return open(answer, text);
    }
    if (target instanceof Target.AllOf all) {
      return all(answer, all);
    }
    if (target instanceof Target.Unanswerable) {
      String lower = PlainText.lower(answer);
      return Judgement.of(lower, REFUSALS.stream().anyMatch(lower::contains));
    }
    throw Metric.wrongTarget("mixed-accuracy", target);
  }

  private static Judgement open(String answer, Target.Text target) {
    String point = FinalAnswer.of(answer);
    for (String reference : target.references()) {
      if (matches(point, reference)) {
        return Judgement.of(PlainText.spaced(point), true);
      }
    }
    return Judgement.of(PlainText.spaced(point), false);
  }

  private static boolean matches(String answer, String reference) {
    if (reference.strip().matches("[-+]?[$]?\\d[\\d,]*(?:\\.\\d+)?%?")) {
      double value = WrittenNumber.in(reference).orElseThrow();
      return NUMBER.judge(answer, new Target.Number(value, 0, DECIMALS)).portion().part() == 1;
    }
    String normal = PlainText.normal(reference);
    String found = PlainText.normal(answer);
    return !found.isEmpty()
        && (PlainText.holdsWord(found, normal)
            || Anls.similarity(found, normal) > 1 - ALLOWED_DISTANCE);
  }

  /** Letters of ten that an open text may have wrong. */
  private static final double ALLOWED_DISTANCE = 0.1;

  private static Judgement all(String answer, Target.AllOf target) {
    String found = PlainText.normal(answer);
    boolean right =
        !target.elements().isEmpty()
            && target.elements().stream()
                .allMatch(e -> PlainText.holdsWord(found, PlainText.normal(e)));
    return Judgement.of(found, right);
  }
}
