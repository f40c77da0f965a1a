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
  void threadsOfSeveralClassLoadersThatOpenAtTheSameMomentAllGetTheDevice() {
    ForkedJvm jvm = ForkedJvm.run(Map.of(), List.of(), ColdStart.class, "race", "3", "2");
    assertThat(jvm.output()).containsPattern("(?s)(device: opencl\n.*){6}");
    assertThat(jvm.exitCode()).isZero();
  }

  @Test
  void withoutADriverTheRefusalSaysWhatToInstall(@TempDir Path empty) {
    Map<String, String> noDrivers = Map.of("OCL_ICD_VENDORS", empty.toString());
    ForkedJvm jvm = ForkedJvm.run(noDrivers, List.of(), ColdStart.class, "open", "OPENCL", "AUTO");
    assertThat(jvm.output())
        .containsPattern("refused: (no OpenCL device|the OpenCL library cannot be loaded.*): ")
        .contains("install an OpenCL driver (Debian: pocl-opencl-icd ocl-icd-libopencl1)")
        .contains("device: cpu");
  }

  @Test
  void whereTheLibraryCannotBeLoadedTheRefusalSaysSo(@TempDir Path empty) {
    List<String> nowhereToUnpack = List.of("-Djava.io.tmpdir=" + empty.resolve("missing"));
    ForkedJvm jvm =
        ForkedJvm.run(Map.of(), nowhereToUnpack, ColdStart.class, "open", "OPENCL", "AUTO");
    assertThat(jvm.output())
        .contains("refused: the OpenCL library cannot be loaded")
        .contains("device: cpu")
        .doesNotContain("SEVERE");
  }
}
