package dev.moonflow.training.evaluation.metric;

/** A way of comparing answers with targets. Stateless. */
public interface Metric {
  /**
   * What an answer is worth.
   *
   * @param answer as the model wrote it, without its reasoning
   * @throws IllegalArgumentException if this metric does not know such targets
   */
  Judgement judge(String answer, Target target);

  /** What an item is worth for which the model gave no answer. */
  default Judgement missing(Target target) {
    return judge("", target);
  }

  /** Whether each item is worth 0 or 1, so that the score is a proportion. */
  default boolean isProportion() {
    return true;
  }

  /** Whether less is better: error rates. */
  default boolean isErrorRate() {
    return false;
  }

  /** The complaint of a metric that was given a target of the wrong kind. */
  static IllegalArgumentException wrongTarget(String metric, Target target) {
    return new IllegalArgumentException(
        metric + " cannot judge a target of kind " + target.getClass().getSimpleName());
  }
}
