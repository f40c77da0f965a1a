package dev.moonflow.training.sample.answer;

/** Says whether an answer is right. */
@FunctionalInterface
public interface Checker {
  /**
   * Whether an answer is right.
   *
   * @param expected the example's answer
   * @param given what a model wrote; reasoning between the thinking markers does not count
   */
  boolean accepts(String expected, String given);
}
