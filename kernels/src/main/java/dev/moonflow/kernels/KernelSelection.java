package dev.moonflow.kernels;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.kernels.device.OpenClDevice;
import dev.moonflow.kernels.device.OpenClDevices;
import java.util.List;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choice between OpenCL and the CPU, said aloud. */
final class KernelSelection {
  private static final Logger LOG = LoggerFactory.getLogger(KernelSelection.class);

  private KernelSelection() {}

  /** As {@link Kernels#open}. */
  static Kernels open(DeviceChoice choice) {
    OpenClDevices found =
        choice == DeviceChoice.CPU ? OpenClDevices.none() : OpenClDevices.discover();
    return open(choice, found.devices(), found.missing());
  }

  /**
   * Chooses among given devices.
   *
   * @param missing why there is no device, where there is none
   */
  static Kernels open(DeviceChoice choice, List<OpenClDevice> devices, String missing) {
    StringJoiner reasons = new StringJoiner("; ");
    if (choice == DeviceChoice.CPU) {
      reasons.add("as set");
    } else if (devices.isEmpty()) {
      reasons.add(missing);
    } else {
      for (OpenClDevice device : devices) {
        if (choice == DeviceChoice.AUTO && device.description().isProcessor()) {
          reasons.add(device.description().name() + " is the CPU itself");
          continue;
        }
        OpenClKernels kernels = new OpenClKernels(device);
        String failure = SelfTest.failure(kernels);
        if (failure.isEmpty()) {
          LOG.info("Kernels run on opencl: {}", kernels.description());
          return kernels;
        }
        kernels.close();
        reasons.add(device.description().name() + ": " + failure);
      }
    }
    if (choice == DeviceChoice.OPENCL) {
      throw new DeviceException(reasons.toString());
    }
    Kernels kernels = new CpuKernels();
    LOG.info("Kernels run on cpu ({}): {}", reasons, kernels.description());
    return kernels;
  }
}
