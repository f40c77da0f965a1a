package dev.moonflow.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.device.RequiresOpenCl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens first in a JVM; each test has its own. */
class ColdStartTest {
  @Test
  @RequiresOpenCl
  void threadsThatOpenAtTheSameMomentAllGetTheDevice() {
    ForkedJvm jvm = ForkedJvm.run(Map.of(), List.of(), ColdStart.class, "race", "1", "6");
    assertThat(jvm.output()).containsPattern("(?s)(device: opencl\n.*){6}");
    assertThat(jvm.exitCode()).isZero();
  }

  @Test
  @RequiresOpenCl
  void classLoadersThatOpenAtTheSameMomentAllGetTheDevice() {
    ForkedJvm jvm = ForkedJvm.run(Map.of(), List.of(), ColdStart.class, "race", "3", "2");
    assertThat(jvm.output()).containsPattern("(?s)(device: opencl\n.*){6}");
    assertThat(jvm.exitCode()).isZero();
  }

  @Test
  void withoutADriverTheRefusalSaysWhatToInstall(@TempDir Path empty) {
    Map<String, String> noDrivers = Map.of("OCL_ICD_VENDORS", empty.toString());
    ForkedJvm refused = ForkedJvm.run(noDrivers, List.of(), ColdStart.class, "open", "OPENCL");
    assertThat(refused.output())
        .containsPattern("refused: (no OpenCL device|the OpenCL library .* cannot be loaded): ")
        .contains("install an OpenCL driver (Debian: pocl-opencl-icd ocl-icd-libopencl1)");
    ForkedJvm auto = ForkedJvm.run(noDrivers, List.of(), ColdStart.class, "open", "AUTO");
    assertThat(auto.output()).contains("device: cpu");
  }

  @Test
  void whereTheLibraryCannotBeLoadedTheRefusalSaysSo(@TempDir Path empty) {
    List<String> nowhereToUnpack = List.of("-Djava.io.tmpdir=" + empty.resolve("missing"));
    ForkedJvm refused = ForkedJvm.run(Map.of(), nowhereToUnpack, ColdStart.class, "open", "OPENCL");
    assertThat(refused.output()).contains("refused: the OpenCL library");
    assertThat(refused.output()).doesNotContain("SEVERE");
    ForkedJvm auto = ForkedJvm.run(Map.of(), nowhereToUnpack, ColdStart.class, "open", "AUTO");
    assertThat(auto.output()).contains("device: cpu");
  }
}
