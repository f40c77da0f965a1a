package dev.moonflow.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.kernels.device.RequiresOpenCl;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final String MISSING = "no OpenCL device: install one";

  @Test
  void cpuIsTheCpu() {
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      assertThat(kernels.device()).isEqualTo("cpu");
      assertThat(kernels.description()).startsWith("Java ");
      assertThat(SelfTest.failure(kernels)).isEmpty();
      assertThat(kernels.launches().launches()).isZero();
    }
  }

  @Test
  @RequiresOpenCl
  void openClIsADeviceThatPassedTheSelfTest() {
    try (Kernels kernels = Kernels.open(DeviceChoice.OPENCL)) {
      assertThat(kernels.device()).isEqualTo("opencl");
      assertThat(kernels.launches().launches()).isPositive();
      assertThat(kernels.launches().nanos()).isPositive();
    }
  }

  @Test
  @RequiresOpenCl
  void autoTakesOpenClWhereItWorks() {
    try (Kernels kernels = Kernels.open(DeviceChoice.AUTO)) {
      assertThat(kernels.device()).isEqualTo("opencl");
    }
  }

  @Test
  void autoTakesTheCpuWhereThereIsNoDevice() {
    try (Kernels kernels = KernelSelection.open(DeviceChoice.AUTO, List.of(), MISSING)) {
      assertThat(kernels.device()).isEqualTo("cpu");
    }
  }

  @Test
  void openClWithoutADeviceSaysWhatIsMissing() {
    assertThatThrownBy(() -> KernelSelection.open(DeviceChoice.OPENCL, List.of(), MISSING))
        .isInstanceOf(DeviceException.class)
        .hasMessage(MISSING);
  }
}
