package dev.moonflow.kernels.device;

/** Where kernels run: the value of the setting {@code moonflow.device}. */
public enum DeviceChoice {
  /** OpenCL where a device passes its self-test, else the CPU; says in the log which it took. */
  AUTO,
  /** OpenCL or an error that names what is missing; never the CPU. */
  OPENCL,
  /** The vectorised Java kernels. */
  CPU
}
