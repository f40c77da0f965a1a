package dev.moonflow.kernels.device;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.exception.QueryFailedException;
import com.aparapi.internal.kernel.KernelManager;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * An Aparapi kernel bound to one OpenCL device: compiled strictly, every launch checked, disposed
 * once. It never runs in Java: Aparapi's fallback is turned into a {@link DeviceException}.
 *
 * <p>Memory. On a device that works in the host's memory, transfers are implicit: Aparapi pins the
 * arrays for the launch. Elsewhere they are explicit ({@code put} before, {@code get} after), and
 * both calls do nothing in the first mode, so a subclass always makes them. Explicit transfers are
 * never used with shared memory: a collection that moves an array between the launch and the {@code
 * get} would leave the device with the old address. And for either mode nothing may be kept on the
 * device from one launch to the next but what the host's array holds as well: when an array has
 * moved, its device buffer is made anew from the host's copy. Steps that hand on results are passes
 * of one launch.
 *
 * <p>Rules for {@code run()}: no {@code break}, {@code switch}, {@code while (true)}, lambda or
 * string; no division by a field that may be 0; no field or variable named by an OpenCL word
 * (global, half); {@code Math.fma} wherever a product is added, because OpenCL may contract the
 * two; static methods only of the kernel's own classes.
 *
 * <p>Not safe for use by several threads at once; the owner serialises.
 */
public abstract class DeviceKernel extends Kernel implements AutoCloseable {
  /** Work-items of a group, where the device allows them: a multiple of every vector width. */
  private static final int PREFERRED_GROUP_SIZE = 64;

  private OpenClDevice device;
  private LaunchCounters counters;
  private int groupSize;

  /**
   * Compiles the kernel for a device and runs it once on one work-item; the subclass's counts must
   * make that run do nothing. Disposing of a kernel that was never run kills the JVM.
   *
   * @throws DeviceException if the kernel cannot be translated, compiled or run there
   */
  protected final void open(OpenClDevice device, LaunchCounters counters) {
    this.device = device;
    this.counters = counters;
    synchronized (ProcessLock.LOCK) {
      try (AparapiLog log = new AparapiLog()) {
        preferOnly(device);
        setExplicit(!device.sharesMemory());
        try {
          compile(device.aparapi());
          launchChecked(1, 1, 1);
          groupSize = Math.min(PREFERRED_GROUP_SIZE, getKernelMaxWorkGroupSize(device.aparapi()));
        } catch (CompileFailedException | QueryFailedException | RuntimeException e) {
          this.device = null;
          throw new DeviceException(
              "kernel "
                  + getClass().getSimpleName()
                  + " cannot be compiled for "
                  + device.description().name()
                  + ": "
                  + log.reasonOr(e.getMessage()),
              e);
        }
      }
    }
  }

  /**
   * Aparapi keeps a list of devices for each kernel class, and crosses out what has failed. Here it
   * is this device, then the one that only refuses: {@link #executeFallbackAlgorithm}.
   */
  private void preferOnly(OpenClDevice device) {
    List<Device> wanted = List.of(device.aparapi(), JavaDevice.ALTERNATIVE_ALGORITHM);
    KernelManager manager = KernelManager.instance();
    if (!manager.getPreferences(this).getPreferredDevices(this).equals(wanted)) {
      manager.setPreferredDevices(this, new LinkedHashSet<>(wanted));
    }
  }

  @SuppressWarnings("ReferenceEquality") // Aparapi holds on to this very object
  private boolean targets(OpenClDevice device) {
    return getTargetDevice() == device.aparapi();
  }

  /** Work-items of each group in {@link #launch}. */
  protected final int groupSize() {
    return groupSize;
  }

  /**
   * Runs the kernel on so many groups, {@code passes} times in order, and waits.
   *
   * @throws DeviceException if it did not run on its device
   */
  protected final void launch(int groups, int passes) {
    if (device == null) {
      throw new IllegalStateException("kernel " + getClass().getSimpleName() + " is not open");
    }
    launchChecked(groups, groupSize, passes);
  }

  void launchChecked(int groups, int size, int passes) {
    long start = System.nanoTime();
    try {
      execute(device.range(groups, size), passes);
    } catch (AssertionError | RuntimeException e) {
      throw refuse(e);
    }
    if (!targets(device)) {
      throw refuse(null);
    }
    counters.add(System.nanoTime() - start);
  }

  private DeviceException refuse(Throwable cause) {
    return new DeviceException(
        "kernel "
            + getClass().getSimpleName()
            + " did not run on "
            + device.description().name()
            + " and would have fallen back to Java",
        cause);
  }

  @Override
  public final boolean hasFallbackAlgorithm() {
    return true;
  }

  @Override
  public final void executeFallbackAlgorithm(Range range, int passId) {
    throw refuse(null);
  }

  /** Frees the device's resources; later calls do nothing. */
  @Override
  public final void close() {
    if (device != null) {
      device = null;
      synchronized (ProcessLock.LOCK) {
        dispose();
      }
    }
  }
}
