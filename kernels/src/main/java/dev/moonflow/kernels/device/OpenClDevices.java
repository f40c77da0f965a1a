package dev.moonflow.kernels.device;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.kernel.KernelManager;
import com.aparapi.internal.opencl.OpenCLLoader;
import java.util.Comparator;
import java.util.List;

/** The OpenCL devices of this machine, discovered once per process and kept. */
public final class OpenClDevices {
  private static final String INSTALL =
      "install an OpenCL driver (Debian: pocl-opencl-icd ocl-icd-libopencl1)";

  private static OpenClDevices discovered;

  private final List<OpenClDevice> devices;
  private final String missing;

  private OpenClDevices(List<OpenClDevice> devices, String missing) {
    this.devices = devices;
    this.missing = missing;
  }

  /** Looks for devices on the first call; later calls answer from memory. */
  public static OpenClDevices discover() {
    synchronized (ProcessLock.LOCK) {
      if (discovered == null) {
        discovered = look();
      }
      return discovered;
    }
  }

  /** No device, and nothing asked for. */
  public static OpenClDevices none() {
    return new OpenClDevices(List.of(), "");
  }

  private static OpenClDevices look() {
    try (AparapiLog log = new AparapiLog()) {
      List<OpenClDevice> devices =
          OpenCLDevice.listDevices(null).stream()
              .filter(device -> device.getType() != Device.TYPE.UNKNOWN)
              .sorted(BEST_FIRST)
              .map(OpenClDevice::new)
              .toList();
      // Aparapi's own discovery happens here, under the lock, and not in some later launch.
      KernelManager.instance().bestDevice();
      if (!devices.isEmpty()) {
        return new OpenClDevices(devices, "");
      }
      String why =
          OpenCLLoader.isOpenCLAvailable()
              ? "no OpenCL device"
              : "the OpenCL library cannot be loaded (" + log.reasonOr("libOpenCL.so.1") + ")";
      return new OpenClDevices(List.of(), why + ": " + INSTALL);
    } catch (LinkageError | RuntimeException e) {
      return new OpenClDevices(List.of(), "OpenCL cannot be started (" + e + "): " + INSTALL);
    }
  }

  /** Accelerators before GPUs before CPUs, then the larger memory, then the name. */
  private static final Comparator<OpenCLDevice> BEST_FIRST =
      Comparator.<OpenCLDevice>comparingInt(device -> rank(device.getType()))
          .thenComparing(Comparator.comparingLong(OpenCLDevice::getGlobalMemSize).reversed())
          .thenComparing(device -> String.valueOf(device.getName()));

  private static int rank(Device.TYPE type) {
    return switch (type) {
      case ACC -> 0;
      case GPU -> 1;
      default -> 2;
    };
  }

  /** The devices, best first; empty where there is none. */
  public List<OpenClDevice> devices() {
    return devices;
  }

  /** Where there is no device: why, and what to install; else empty. */
  public String missing() {
    return missing;
  }
}
