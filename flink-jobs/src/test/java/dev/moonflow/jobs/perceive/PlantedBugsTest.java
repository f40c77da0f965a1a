package dev.moonflow.jobs.perceive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds each of the faults that are planted, so that it would find others. */
class PlantedBugsTest {
  private static final long SEED = 20_261_122;
  private static final int SCHEDULES_MAX = 400;

  static Stream<SimBug> bugs() {
    return Stream.of(SimStateBugs.all(), SimOperatorBugs.all(), SimRuntimeBugs.all())
        .flatMap(java.util.List::stream);
  }

  @Test
  void thereAreManyAndTheirSeedsAreThoseOfHealthyRuns() {
    assertThat(bugs().map(SimBug::toString).distinct()).hasSizeGreaterThanOrEqualTo(20);
    for (int i = 0; i < 50; i++) {
      Simulation.run(SEED + i, SimBug.NONE);
    }
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isFound(SimBug bug) {
    for (int i = 0; i < SCHEDULES_MAX; i++) {
      try {
        Simulation.run(SEED + i, bug);
      } catch (SimFailure e) {
        String first = e.getMessage();
        System.out.println(
            bug
                + ", schedule "
                + (i + 1)
                + ": "
                + first.substring(0, Math.min(160, first.length())));
        return;
      }
    }
    fail("%d schedules do not show %s", SCHEDULES_MAX, bug);
  }
}
