package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path work;

  @Test
  void everyPartOfTheMachineIsLookedAt() {
    Path model = Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint");
    CommandRun run = CommandRun.of(work, "doctor", "--model", model.toString());
    assertThat(run.out())
        .contains("Java", "Vector API", "Processor", "Memory", "OpenCL", "Device auto")
        .contains("Images", "Video", "Disk, caches", "Ports", "fingerprint")
        .doesNotContain("MISSING");
    assertThat(run.code()).isZero();
  }

  @Test
  void aBrokenCheckpointFailsWithItsReasonAndARemedy() throws Exception {
    Path model = Files.createDirectories(work.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{");
    CommandRun run = CommandRun.of(work, "doctor", "--model", model.toString());
    assertThat(run.out()).contains("MISSING Model", "config.json", "->");
    assertThat(run.lastLine()).isEqualTo("1 thing must be put right.");
    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
  }
}
