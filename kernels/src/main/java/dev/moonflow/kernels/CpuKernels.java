package dev.moonflow.kernels;

import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.packing.CpuPatchPacker;
import dev.moonflow.kernels.packing.PatchPacker;
import dev.moonflow.kernels.routing.CpuMoeRouter;
import dev.moonflow.kernels.routing.MoeRouter;

/** The kernels in Java: always there, and what every device is compared with. */
final class CpuKernels implements Kernels {
  private final PatchPacker packer = new CpuPatchPacker();
  private final MoeRouter router = new CpuMoeRouter();
  private final LaunchCounters launches = new LaunchCounters();

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public String description() {
    return "Java "
        + Runtime.version()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors ("
        + System.getProperty("os.arch")
        + ")";
  }

  @Override
  public PatchPacker patchPacker() {
    return packer;
  }

  @Override
  public MoeRouter moeRouter() {
    return router;
  }

  @Override
  public LaunchCounters launches() {
    return launches;
  }

  @Override
  public void close() {}
}
