package dev.moonflow.training.rollout;

import java.util.List;

/** What came of a prompt. */
public sealed interface Drawn {

  /** All of its answers, in the order of their numbers. */
  record Answers(List<DrawnAnswer> all) implements Drawn {
    public Answers {
      all = List.copyOf(all);
    }
  }

  /**
   * It can never be computed.
   *
   * @param reason one sentence that names the sample
   */
  record Refused(String reason) implements Drawn {}
}
