package dev.moonflow.kernels.device;

/**
 * An OpenCL device is missing or did not do what it was asked; one sentence says what, and where
 * there is a remedy, which. Never answered by running a kernel elsewhere in silence.
 */
public class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
