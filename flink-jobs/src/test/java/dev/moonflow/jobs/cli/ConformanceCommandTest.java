package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
  @TempDir Path work;

  @Test
  void theGoldenFolderPasses() {
    String golden = System.getProperty("moonflow.golden.dir");
    CommandRun run = CommandRun.of(work, "conformance", golden, "--device", "cpu");
    assertThat(run.lastLine()).matches("[1-9][0-9]* passed, 0 failed");
    assertThat(run.code()).isZero();
  }

  @Test
  void aFolderThatHoldsNothingFails() {
    CommandRun run = CommandRun.of(work, "conformance", work.toString(), "--device", "cpu");
    assertThat(run.lastLine()).endsWith(" failed").doesNotEndWith(" 0 failed");
    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
  }
}
