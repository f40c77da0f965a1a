package dev.moonflow.kernels.device;

/**
 * The lock of this process for OpenCL's start-up: discovery and compilation.
 *
 * <p>Two threads that first touch OpenCL at the same moment kill the JVM, whichever class loaders
 * they came through, so the lock must be one object for all of them: an interned string is.
 */
final class ProcessLock {
  static final Object LOCK = "dev.moonflow.kernels.device.ProcessLock".intern();

  private ProcessLock() {}
}
