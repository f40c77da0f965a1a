package dev.moonflow.training.evaluation.metric;

import dev.moonflow.training.evaluation.statistics.Portion;

/**
 * What one answer is worth.
 *
 * @param found what was found in the answer, for people; empty when nothing was
 * @param portion what it adds to the task's ratio
 */
public record Judgement(String found, Portion portion) {

  /** Right or wrong. */
  public static Judgement of(String found, boolean right) {
    return graded(found, right ? 1 : 0);
  }

  /** Worth from 0 to 1. */
  public static Judgement graded(String found, double worth) {
    return new Judgement(found, new Portion(worth, 1));
  }
}
