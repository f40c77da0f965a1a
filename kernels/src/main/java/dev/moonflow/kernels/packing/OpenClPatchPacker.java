package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevice;
import java.util.List;

/**
 * Patch packing on an OpenCL device. Threads may share it; they take turns.
 *
 * <p>Keeps one compiled kernel with its buffers, for the last spec; another spec replaces it.
 * Batches of any size go through these buffers in launches of at most {@link
 * PackingKernel#CAPACITY} patches, so memory on the device does not grow with the batch, and no
 * launch holds back Java's garbage collector for long.
 */
public final class OpenClPatchPacker implements PatchPacker, AutoCloseable {
  private final OpenClDevice device;
  private final LaunchCounters counters;
  private SpecTables tables;
  private PackingKernel kernel;
  private boolean closed;

  public OpenClPatchPacker(OpenClDevice device, LaunchCounters counters) {
    this.device = device;
    this.counters = counters;
  }

  @Override
  public synchronized PackedPatches pack(List<RgbImage> images, PackingSpec spec) {
    PackingPlan plan = PackingPlan.of(images, spec);
    if (closed) {
      throw new IllegalStateException("the packer is closed");
    }
    openFor(spec);
    PackedPatches packed = plan.allocate(spec);
    PatchPlaces places = new PatchPlaces(kernel, spec);
    int done = 0;
    for (int i = 0; i < images.size(); i++) {
      PatchPlaces.Grid grid =
          PatchPlaces.Grid.of(
              images.get(i), plan.gridRows()[i], plan.gridCols()[i], spec.positions());
      for (int row = 0; row < grid.rows(); row++) {
        if (places.patches() + grid.cols() > PackingKernel.CAPACITY) {
          done += launch(places, packed, done);
        }
        places.add(grid, row);
      }
    }
    launch(places, packed, done);
    return packed;
  }

  private void openFor(PackingSpec spec) {
    if (kernel != null && tables.serves(spec)) {
      return;
    }
    if (kernel != null) {
      kernel.close();
      kernel = null;
    }
    tables = SpecTables.of(spec);
    kernel = new PackingKernel(device, counters, tables);
  }

  /** Packs what is described, and copies it behind the first {@code done} patches of the result. */
  private int launch(PatchPlaces places, PackedPatches packed, int done) {
    int n = places.patches();
    kernel.pack(n);
    copy(kernel.pixels, packed.patches(), done, n, 3 * kernel.area);
    copy(kernel.cos, packed.ropeCos(), done, n, kernel.slots);
    copy(kernel.sin, packed.ropeSin(), done, n, kernel.slots);
    copy(kernel.positions, packed.positions(), done, n, kernel.dim);
    places.clear();
    return n;
  }

  private static void copy(float[] from, float[] to, int done, int n, int width) {
    System.arraycopy(from, 0, to, done * width, n * width);
  }

  /** Frees the device's resources; later calls of {@link #pack} are refused. */
  @Override
  public synchronized void close() {
    closed = true;
    if (kernel != null) {
      kernel.close();
      kernel = null;
    }
  }
}
