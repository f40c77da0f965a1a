package dev.moonflow.jobs.cli.doctor;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.kernels.device.OpenClDevice;
import dev.moonflow.kernels.device.OpenClDevices;
import java.util.ArrayList;
import java.util.List;

/** OpenCL devices, the kernels' self-test, and what {@code auto} takes. */
final class KernelChecks {
  private static final String WITHOUT = "nothing else has to be done: the Java kernels work";

  private KernelChecks() {}

  static List<Finding> kernels() {
    OpenClDevices found = OpenClDevices.discover();
    if (found.devices().isEmpty()) {
      return List.of(
          Finding.optional("OpenCL", "no device", found.missing() + "; or " + WITHOUT),
          automatic());
    }
    List<Finding> findings = new ArrayList<>();
    for (OpenClDevice device : found.devices()) {
      findings.add(Finding.good("OpenCL device", device.description().toString()));
    }
    findings.add(selfTest());
    findings.add(automatic());
    return findings;
  }

  /** Opening runs the self-test: a device that computes something else is refused. */
  private static Finding selfTest() {
    try (Kernels kernels = Kernels.open(DeviceChoice.OPENCL)) {
      return Finding.good("Self-test", kernels.device() + " gives the same bits as the CPU");
    } catch (DeviceException e) {
      return Finding.optional(
          "Self-test", e.getMessage(), "update the OpenCL driver, or use --device cpu; " + WITHOUT);
    }
  }

  private static Finding automatic() {
    try (Kernels kernels = Kernels.open(DeviceChoice.AUTO)) {
      return Finding.good("Device auto", "takes " + kernels.device());
    } catch (DeviceException e) {
      return Finding.missing("Device auto", e.getMessage(), "use --device cpu");
    }
  }
}
