package dev.moonflow.kernels;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.packing.PatchPacker;
import dev.moonflow.kernels.routing.MoeRouter;

/**
 * The kernel families of one chosen device. Opened once per model and shared by threads: every
 * method of every kernel is safe to call from several threads at once (a device may run them one by
 * one).
 *
 * <p>All providers give the same bits for the same input; a test holds them to it.
 */
public interface Kernels extends AutoCloseable {

  /**
   * Opens the kernels of a device and says in the log which one it took and why.
   *
   * <p>{@code AUTO} takes the first OpenCL device, accelerators before GPUs, on which every kernel
   * gives the bits of its CPU twin in a small self-test, else the CPU. An OpenCL device that is the
   * CPU itself is passed over: its launches cost more than what they compute.
   *
   * @throws dev.moonflow.kernels.device.DeviceException if the choice is {@code OPENCL} and no
   *     OpenCL device passes the self-test; its message names what is missing
   */
  static Kernels open(DeviceChoice choice) {
    return KernelSelection.open(choice);
  }

  /** {@code cpu} or {@code opencl}; what {@code auto} chose. */
  String device();

  /**
   * One line for logs and {@code moonflow doctor}, for example the OpenCL device's name and
   * version.
   */
  String description();

  /** Patch packing (SPEC sections 4.5 to 4.7, 5.2 and 5.3). */
  PatchPacker patchPacker();

  /** MoE routing (SPEC section 8.4). */
  MoeRouter moeRouter();

  /** Launches on the device since it was opened; stays at 0 on the CPU. */
  LaunchCounters launches();

  /** Frees the device's resources; its kernels then refuse to work. Later calls do nothing. */
  @Override
  void close();
}
