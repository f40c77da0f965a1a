package dev.moonflow.jobs.cli.doctor;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import java.util.List;

/** OpenCL, the kernels' self-test, and what {@code auto} takes. */
final class KernelChecks {
  private static final String INSTALL =
      "install an OpenCL driver (Debian: apt-get install pocl-opencl-icd ocl-icd-libopencl1);"
          + " the vectorised Java kernels work without";

  private KernelChecks() {}

  static List<Finding> kernels() {
    return List.of(openCl(), automatic());
  }

  /** Opening runs the self-test: a device that computes something else is refused. */
  private static Finding openCl() {
    try (Kernels kernels = Kernels.open(DeviceChoice.OPENCL)) {
      return Finding.good("OpenCL kernels", kernels.description() + "; self-test passed");
    } catch (DeviceException e) {
      return Finding.optional("OpenCL kernels", e.getMessage(), INSTALL);
    }
  }

  private static Finding automatic() {
    try (Kernels kernels = Kernels.open(DeviceChoice.AUTO)) {
      return Finding.good(
          "Device auto", "takes " + kernels.device() + " (" + kernels.description() + ")");
    } catch (DeviceException e) {
      return Finding.missing("Device auto", e.getMessage(), INSTALL);
    }
  }
}
