package dev.moonflow.training.sample.answer;

import java.util.List;
import java.util.Objects;

/** What came of asking for answers to one example. */
public sealed interface Sampled {

  /**
   * The answers, in the order of their numbers.
   *
   * @param all as many as were asked for
   */
  record Answers(List<SampledAnswer> all) implements Sampled {
    public Answers {
      all = List.copyOf(all);
    }
  }

  /**
   * The example can never be answered: it asks nothing, an image cannot be read, it is too long.
   *
   * @param reason one sentence that names the example
   */
  record Refused(String reason) implements Sampled {
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
