package dev.moonflow.jobs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.kernels.device.DeviceChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A slice of {@code moonflow chaos}: twenty kills over five thousand events. {@code
 * -Dmoonflow.chaos.seed} takes another schedule.
 */
class ChaosITCase {
  private static final int KILLS = Integer.getInteger("moonflow.chaos.kills", 20);
  private static final int EVENTS = Integer.getInteger("moonflow.chaos.events", 5_000);

  @TempDir Path folder;

  @Test
  void nothingIsLostDoubledReorderedOrChangedThoughEverythingIsKilled() throws Exception {
    long seed = Long.getLong("moonflow.chaos.seed", 2026);
    Console console = new Console(System.out, System.err, false, 0);
    ChaosReport report =
        new Chaos(ChaosPlan.of(seed, KILLS, EVENTS), folder, DeviceChoice.CPU, console).run(null);

    report.lines().forEach(console::line);
    assertThat(report.examples()).isEmpty();
    assertThat(report.violations()).isEmpty();
    assertThat(report.kills()).isEqualTo(KILLS);
    assertThat(report.records()).isEqualTo(report.tally().events()).isGreaterThanOrEqualTo(EVENTS);
    assertThat(report.tally().deadLetters()).isPositive();
  }
}
