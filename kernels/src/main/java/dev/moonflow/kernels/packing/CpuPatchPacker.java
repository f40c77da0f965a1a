package dev.moonflow.kernels.packing;

import dev.moonflow.kernels.RgbImage;
import java.util.List;

/** Patch packing in plain Java loops that the compiler vectorises; threads may share it. */
public final class CpuPatchPacker implements PatchPacker {
  /** The tables of the last spec; a batch with another spec makes its own. */
  private volatile SpecTables tables;

  @Override
  public PackedPatches pack(List<RgbImage> images, PackingSpec spec) {
    PackingPlan plan = PackingPlan.of(images, spec);
    SpecTables tables = tablesOf(spec);
    PackedPatches packed = plan.allocate(spec);
    PositionInterpolation positions = new PositionInterpolation(spec.positions());
    for (int i = 0; i < images.size(); i++) {
      int rows = plan.gridRows()[i];
      int cols = plan.gridCols()[i];
      int first = plan.cuSeqlens()[i];
      patchify(images.get(i), spec.patchSize(), tables.pixels(), packed.patches(), first);
      rotate(rows, cols, tables.rope(), packed, first);
      positions.interpolate(rows, cols, packed.positions(), first * spec.positions().dim());
    }
    return packed;
  }

  private SpecTables tablesOf(PackingSpec spec) {
    SpecTables last = tables;
    if (last == null || !last.serves(spec)) {
      last = SpecTables.of(spec);
      tables = last;
    }
    return last;
  }

  /** Pixels of one image in the order (row block, column block, channel, y, x). */
  private static void patchify(
      RgbImage image, int p, float[] pixels, float[] patches, int firstPatch) {
    byte[] rgb = image.rgb();
    int gridCols = image.width() / p;
    for (int y = 0; y < image.height(); y++) {
      int patch = firstPatch + y / p * gridCols;
      for (int col = 0; col < gridCols; col++, patch++) {
        int source = (y * image.width() + col * p) * 3;
        int target = patch * 3 * p * p + y % p * p;
        for (int x = 0; x < p; x++, source += 3, target++) {
          patches[target] = pixels[rgb[source] & 0xff];
          patches[target + p * p] = pixels[256 + (rgb[source + 1] & 0xff)];
          patches[target + 2 * p * p] = pixels[512 + (rgb[source + 2] & 0xff)];
        }
      }
    }
  }

  /** Rotary tables of one image: slot 2i from the column, slot 2i + 1 from the row. */
  private static void rotate(int rows, int cols, RopeTable rope, PackedPatches packed, int first) {
    int n = rope.frequencies();
    int target = first * 2 * n;
    for (int row = 0; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        for (int i = 0; i < n; i++, target += 2) {
          packed.ropeCos()[target] = rope.cos()[col * n + i];
          packed.ropeCos()[target + 1] = rope.cos()[row * n + i];
          packed.ropeSin()[target] = rope.sin()[col * n + i];
          packed.ropeSin()[target + 1] = rope.sin()[row * n + i];
        }
      }
    }
  }
}
