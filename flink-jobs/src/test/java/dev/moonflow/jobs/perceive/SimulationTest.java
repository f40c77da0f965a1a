package dev.moonflow.jobs.perceive;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schedules of a healthy job, as many as fit. */
class SimulationTest {

  /**
   * By hand more: {@code -Dmoonflow.simulation.schedules=100000}, and one again with {@code
   * -Dmoonflow.simulation.seed}.
   */
  @Test
  void everyScheduleGivesWhatAnUndisturbedJobWouldGive() {
    long seed = Long.getLong("moonflow.simulation.seed", new Random().nextLong());
    int schedules = Integer.getInteger("moonflow.simulation.schedules", 200);
    System.out.println("SimulationTest seed " + seed + ", " + schedules + " schedules");
    long wall = System.nanoTime();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < schedules; i++) {
      Simulation.run(seed + i, SimBug.NONE);
    }
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    System.out.printf(
        "SimulationTest %.0f schedules a minute, %.0f in a minute of CPU%n",
        schedules * 60e9 / (System.nanoTime() - wall), schedules * 60e9 / cpu);
  }
}
