package dev.moonflow.kernels.device;

/**
 * The best device, made to copy arrays as a GPU does, until closed. On PoCL a forgotten {@code get}
 * goes unnoticed otherwise. Only for kernels opened meanwhile.
 */
public final class Unshared implements AutoCloseable {
  private final OpenClDevice device = OpenClDevices.discover().devices().get(0);
  private final boolean shared = device.sharesMemory();

  public Unshared() {
    device.shareMemory(false);
  }

  public OpenClDevice device() {
    return device;
  }

  @Override
  public void close() {
    device.shareMemory(shared);
  }
}
