package dev.moonflow.kernels.device;

import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;

/** One discovered OpenCL device. */
public final class OpenClDevice {
  private final OpenCLDevice device;
  private final DeviceDescription description;

  OpenClDevice(OpenCLDevice device) {
    this.device = device;
    OpenCLPlatform platform = device.getOpenCLPlatform();
    this.description =
        new DeviceDescription(
            String.valueOf(device.getName()).strip(),
            platform.getName().strip(),
            // What follows a run of blanks is the driver's list of build options.
            platform.getVersion().strip().split(" {2,}")[0],
            device.getType().name(),
            device.getMaxComputeUnits(),
            device.getGlobalMemSize(),
            device.getMaxWorkGroupSize());
    // Aparapi takes every device for one that works in the host's memory; a GPU does not.
    device.setSharedMemory(device.getType() == Device.TYPE.CPU);
  }

  /** What the device says of itself. */
  public DeviceDescription description() {
    return description;
  }

  /** Whether kernels work on Java's arrays in place; else arrays are copied to and fro. */
  public boolean sharesMemory() {
    return device.isSharedMemory();
  }

  /**
   * Makes a device that could work in place copy arrays as a discrete one does, for tests; affects
   * kernels opened afterwards.
   */
  void shareMemory(boolean share) {
    device.setSharedMemory(share);
  }

  OpenCLDevice aparapi() {
    return device;
  }

  Range range(int groups, int groupSize) {
    return device.createRange(Math.multiplyExact(groups, groupSize), groupSize);
  }
}
