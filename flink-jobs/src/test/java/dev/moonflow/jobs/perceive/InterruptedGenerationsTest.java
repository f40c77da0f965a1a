package dev.moonflow.jobs.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A few of what {@link InterruptedGenerations} does by the thousand. */
class InterruptedGenerationsTest {
  @Test
  void interruptedGenerationsComeOutAsIfNothingHadHappened() throws Exception {
    InterruptedGenerations.Plan plan =
        new InterruptedGenerations.Plan(60, 30, 48, 150, 400, System.nanoTime());
    System.out.println("InterruptedGenerationsTest " + plan);
    InterruptedGenerations.Outcome outcome = InterruptedGenerations.run(plan, System.out);
    assertThat(outcome.interrupted()).isGreaterThanOrEqualTo(60);
    assertThat(outcome.greedy()).isBetween(1, outcome.interrupted() - 1);
    assertThat(outcome.different()).isZero();
    assertThat(outcome.computed()).isGreaterThanOrEqualTo(outcome.emitted());
  }
}
