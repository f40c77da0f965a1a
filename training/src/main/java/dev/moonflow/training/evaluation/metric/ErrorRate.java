package dev.moonflow.training.evaluation.metric;

import dev.moonflow.training.evaluation.statistics.Portion;
import java.util.function.Function;

/**
 * Edits per symbol of the reference, summed over all items before dividing (micro-average), so that
 * a long line weighs more than a short one. Can exceed 1. The reference with the lowest rate
 * counts.
 */
final class ErrorRate implements Metric {
  private final String name;
  private final Function<String, Object[]> symbols;

  private ErrorRate(String name, Function<String, Object[]> symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /** CER: symbols are code points. */
  static ErrorRate ofCharacters() {
    return new ErrorRate("cer", text -> text.codePoints().boxed().toArray());
  }

  /** WER: symbols are words between white space. */
  static ErrorRate ofWords() {
    return new ErrorRate("wer", text -> text.isEmpty() ? new Object[0] : text.split(" "));
  }

  @Override
  public Judgement judge(String answer, Target target) {
    if (!(target instanceof Target.Text text)) {
      throw Metric.wrongTarget(name, target);
    }
    String found = PlainText.spaced(answer);
    Object[] read = symbols.apply(found);
    Portion best = null;
    for (String reference : text.references()) {
      Object[] written = symbols.apply(PlainText.spaced(reference));
      Portion rate = new Portion(EditDistance.of(written, read), written.length);
      if (best == null || rate.part() * best.whole() < best.part() * rate.whole()) {
        best = rate;
      }
    }
    return new Judgement(found, best);
  }

  @Override
  public boolean isProportion() {
    return false;
  }

  @Override
  public boolean isErrorRate() {
    return true;
  }
}
