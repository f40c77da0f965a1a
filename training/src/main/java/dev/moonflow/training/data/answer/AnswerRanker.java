package dev.moonflow.training.data.answer;

import dev.moonflow.training.sample.Sample;
import java.util.List;

/** Says how good the answers to one example are: more is better. */
@FunctionalInterface
public interface AnswerRanker {
  /**
   * The scores of answers.
   *
   * @param answers what the reader sees of each, without reasoning; at least one
   * @return one for each in order; NaN counts as the worst
   */
  double[] scores(Sample sample, List<String> answers);
}
