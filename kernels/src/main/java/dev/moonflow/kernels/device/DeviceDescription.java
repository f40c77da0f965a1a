package dev.moonflow.kernels.device;

/**
 * What an OpenCL device says of itself.
 *
 * @param name the device's name
 * @param platform name of the platform, that is of the driver
 * @param version the platform's OpenCL version text
 * @param type {@code CPU}, {@code GPU} or {@code ACC}
 * @param computeUnits parallel compute units
 * @param globalMemoryBytes size of global memory, in bytes
 * @param maxWorkGroupSize most work-items in one work-group
 */
public record DeviceDescription(
    String name,
    String platform,
    String version,
    String type,
    int computeUnits,
    long globalMemoryBytes,
    int maxWorkGroupSize) {

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        "%s %s (%s, %s, %d compute units, %.1f GiB)",
        type, name, platform, version, computeUnits, globalMemoryBytes / (double) (1L << 30));
  }

  /** Whether the device is a processor, which the Java kernels use without it. */
  public boolean isProcessor() {
    return type.equals("CPU");
  }
}
