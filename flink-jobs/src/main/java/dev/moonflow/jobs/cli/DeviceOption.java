package dev.moonflow.jobs.cli;

import dev.moonflow.kernels.device.DeviceChoice;
import picocli.CommandLine.Option;

/** {@code --device}. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where kernels run: auto, opencl or cpu (default: ${DEFAULT-VALUE}).",
      defaultValue = "auto")
  private DeviceChoice device;

  DeviceChoice choice() {
    return device;
  }
}
