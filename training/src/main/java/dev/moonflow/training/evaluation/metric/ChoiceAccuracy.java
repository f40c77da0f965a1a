package dev.moonflow.training.evaluation.metric;

import java.util.OptionalInt;

/** Whether the right option was chosen; an answer that chooses none is wrong. */
final class ChoiceAccuracy implements Metric {
  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Choice choice)) {
      throw Metric.wrongTarget("choice-accuracy", target);
    }
    OptionalInt found = OptionExtraction.find(answer, choice.options());
    return found.isEmpty()
        ? Judgement.of("", false)
        : Judgement.of(
            Character.toString(Target.Choice.letter(found.getAsInt())),
            found.getAsInt() == choice.correct());
  }
}
