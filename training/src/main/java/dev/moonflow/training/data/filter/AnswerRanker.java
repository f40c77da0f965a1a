package dev.moonflow.training.data.filter;

import dev.moonflow.training.sample.Sample;

/** Says how good an answer is: more is better. */
@FunctionalInterface
public interface AnswerRanker {
  /** The score of an answer; NaN counts as the worst. */
  double score(Sample sample, String answer);
}
