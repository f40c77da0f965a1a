package dev.moonflow.kernels;

import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevice;
import dev.moonflow.kernels.packing.OpenClPatchPacker;
import dev.moonflow.kernels.packing.PatchPacker;
import dev.moonflow.kernels.routing.MoeRouter;
import dev.moonflow.kernels.routing.OpenClMoeRouter;

/** The kernels on one OpenCL device. Kernels are compiled when they are first used. */
final class OpenClKernels implements Kernels {
  private final LaunchCounters launches = new LaunchCounters();
  private final OpenClDevice device;
  private final OpenClPatchPacker packer;
  private final OpenClMoeRouter router;

  OpenClKernels(OpenClDevice device) {
    this.device = device;
    this.packer = new OpenClPatchPacker(device, launches);
    this.router = new OpenClMoeRouter(device, launches);
  }

  @Override
  public String device() {
    return "opencl";
  }

  @Override
  public String description() {
    return device.description().toString();
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
  public void close() {
    packer.close();
    router.close();
  }
}
