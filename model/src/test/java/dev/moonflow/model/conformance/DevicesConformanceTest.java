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
import org.junit.jupiter.api.Test;

/** The whole golden folder through every section, on every device. */
class DevicesConformanceTest {

  private static String replay(Kernels kernels) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int failed = ConformanceRunner.run(GoldenReplay.folder().root(), kernels, out);
    String report = printed.toString(StandardCharsets.UTF_8);
    assertThat(failed).as(report).isZero();
    return report;
  }

  @Test
  void everythingPassesOnTheCpu() throws IOException {
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      String report = replay(kernels);
      System.out.println(report.substring(report.stripTrailing().lastIndexOf('\n') + 1));
    }
  }

  @Test
  void openClHasTheSameErrorsToTheLastDigitAsTheCpu() throws IOException {
    try (Kernels opencl = open();
        Kernels cpu = Kernels.open(DeviceChoice.CPU)) {
      String report = replay(opencl);
      assertThat(opencl.device()).isEqualTo("opencl");
      assertThat(opencl.launches().launches()).isPositive();
      assertThat(report).isEqualTo(replay(cpu));
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
