package dev.moonflow.jobs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.chaos.Fault.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Schedules are a function of their seed and strike everything. */
class FaultScheduleTest {
  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(FaultSchedule.of(7, 20, 2)).isEqualTo(FaultSchedule.of(7, 20, 2));
    assertThat(FaultSchedule.of(7, 20, 2)).isNotEqualTo(FaultSchedule.of(8, 20, 2));
  }

  @Test
  void killsAreSharedOut() {
    Map<Target, Long> kills =
        FaultSchedule.of(7, 20, 2).stream()
            .filter(fault -> fault.action() == Action.KILL)
            .collect(Collectors.groupingBy(Fault::target, Collectors.counting()));
    assertThat(kills)
        .containsOnly(
            Map.entry(Target.TASK_MANAGER, 10L),
            Map.entry(Target.JOB_MANAGER, 3L),
            Map.entry(Target.BROKER, 4L),
            Map.entry(Target.REGISTRY, 3L));
  }

  @Test
  void pausesAndRestartsComeOnTop() {
    List<Fault> faults = FaultSchedule.of(7, 20, 2);
    assertThat(faults).filteredOn(fault -> fault.action() == Action.PAUSE).hasSize(4);
    assertThat(faults).filteredOn(fault -> fault.action() == Action.RESTART).hasSize(2);
    assertThat(faults).hasSize(26);
  }

  @Test
  void everyCountOfKillsIsMet() {
    for (int kills = 0; kills < 50; kills++) {
      assertThat(FaultSchedule.of(kills, kills, 2))
          .filteredOn(fault -> fault.action() == Action.KILL)
          .hasSize(kills);
    }
  }
}
