package dev.moonflow.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.kernels.device.RequiresOpenCl;
import dev.moonflow.kernels.routing.CpuMoeRouter;
import dev.moonflow.kernels.routing.MoeRouter;
import dev.moonflow.kernels.routing.Routing;
import dev.moonflow.kernels.routing.RoutingCases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  void autoTakesOpenClWhereItIsNotTheProcessor() {
    boolean processor;
    try (Kernels opencl = Kernels.open(DeviceChoice.OPENCL)) {
      processor = opencl.description().startsWith("CPU ");
    }
    try (Kernels kernels = Kernels.open(DeviceChoice.AUTO)) {
      assertThat(kernels.device()).isEqualTo(processor ? "cpu" : "opencl");
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

  @Test
  @RequiresOpenCl
  void threadsShareOneDeviceAndOpenAndCloseOthersMeanwhile() throws Exception {
    List<RoutingCases.Case> batches = RoutingCases.all(5).subList(0, 8);
    MoeRouter cpu = new CpuMoeRouter();
    List<Routing> wanted =
        batches.stream().map(c -> cpu.route(c.logits(), c.tokens(), c.bias(), c.spec())).toList();
    ExecutorService pool = Executors.newFixedThreadPool(5);
    try (Kernels kernels = Kernels.open(DeviceChoice.OPENCL)) {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int first = t * 2;
        work.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    int n = (first + i) % batches.size();
                    RoutingCases.Case c = batches.get(n);
                    Routing routing =
                        kernels.moeRouter().route(c.logits(), c.tokens(), c.bias(), c.spec());
                    assertThat(routing.weights()).isEqualTo(wanted.get(n).weights());
                    assertThat(routing.permutation()).isEqualTo(wanted.get(n).permutation());
                  }
                }));
      }
      work.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  Kernels.open(DeviceChoice.OPENCL).close();
                }
              }));
      for (Future<?> done : work) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
