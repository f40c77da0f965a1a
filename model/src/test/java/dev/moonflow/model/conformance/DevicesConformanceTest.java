package dev.moonflow.model.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole golden folder through every section, on every device. */
class DevicesConformanceTest {
  private static String onTheCpu;

  private static String replay(Kernels kernels) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int failed = ConformanceRunner.run(GoldenReplay.folder().root(), kernels, out);
    String report = printed.toString(StandardCharsets.UTF_8);
    assertThat(failed).as(report).isZero();
    return report;
  }

  @BeforeAll
  static void replayOnTheCpu() throws IOException {
    try (Kernels cpu = Kernels.open(DeviceChoice.CPU)) {
      onTheCpu = replay(cpu);
    }
  }

  @Test
  void everythingPassesOnTheCpu() {
    String last = onTheCpu.substring(onTheCpu.stripTrailing().lastIndexOf('\n') + 1);
    System.out.println("cpu: " + last);
    assertThat(last).matches("[1-9]\\d\\d+ passed, 0 failed\\R");
    assertThat(onTheCpu).doesNotContain("SKIP");
  }

  @Test
  void openClHasTheSameErrorsToTheLastDigitAsTheCpu() throws IOException {
    try (Kernels opencl = open()) {
      String report = replay(opencl);
      assertThat(opencl.device()).isEqualTo("opencl");
      assertThat(opencl.launches().launches()).isPositive();
      assertThat(report).isEqualTo(onTheCpu);
    }
  }

  /** Without a device this fails where {@code CI=true}, and is skipped visibly elsewhere. */
  private static Kernels open() {
    try {
      return Kernels.open(DeviceChoice.OPENCL);
    } catch (DeviceException e) {
      if ("true".equalsIgnoreCase(System.getenv("CI"))) {
        throw e;
      }
      System.out.println("SKIPPED conformance on OpenCL: " + e.getMessage());
      Assumptions.abort(e.getMessage());
      throw e;
    }
  }
}
