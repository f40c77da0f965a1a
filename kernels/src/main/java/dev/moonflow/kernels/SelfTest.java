package dev.moonflow.kernels;

import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.kernels.packing.CpuPatchPacker;
import dev.moonflow.kernels.packing.PackedPatches;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.kernels.packing.PatchPacker;
import dev.moonflow.kernels.routing.CpuMoeRouter;
import dev.moonflow.kernels.routing.MoeRouter;
import dev.moonflow.kernels.routing.Routing;
import dev.moonflow.kernels.routing.RoutingSpec;
import java.util.Arrays;
import java.util.List;

/**
 * A small launch of every kernel, compared bit by bit with its CPU twin: what a device must pass
 * before it is used.
 */
final class SelfTest {
  private SelfTest() {}

  /** Why the kernels are not to be used, in one sentence; empty when they passed. */
  static String failure(Kernels kernels) {
    try {
      if (!packs(kernels.patchPacker())) {
        return "patch packing differs from the CPU";
      }
      return routes(kernels.moeRouter()) ? "" : "MoE routing differs from the CPU";
    } catch (DeviceException e) {
      return e.getMessage();
    }
  }

  private static boolean packs(PatchPacker packer) {
    float[] table = new float[3 * 5 * 7];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) Math.sin(i + 1);
    }
    PackingSpec spec =
        new PackingSpec(
            2,
            new float[] {0.5f, 0.4f, 0.3f},
            new float[] {0.5f, 0.26f, 0.27f},
            12,
            10000f,
            new PackingSpec.PositionTable(3, 5, 7, table));
    List<RgbImage> images = List.of(image(10, 6), image(22, 4), image(2, 66));
    PackedPatches device = packer.pack(images, spec);
    PackedPatches cpu = new CpuPatchPacker().pack(images, spec);
    return same(device.patches(), cpu.patches())
        && same(device.ropeCos(), cpu.ropeCos())
        && same(device.ropeSin(), cpu.ropeSin())
        && same(device.positions(), cpu.positions());
  }

  private static RgbImage image(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 151);
    }
    return new RgbImage(width, height, rgb);
  }

  /** 70 tokens, so that all passes run; logits from -104 to 104, with the odd ones among them. */
  private static boolean routes(MoeRouter router) {
    RoutingSpec spec = new RoutingSpec(12, 4, 3, 2, true, 2.446f);
    int tokens = 70;
    float[] logits = new float[tokens * spec.experts()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (Math.sin(i * 0.7) * (i % 3 == 0 ? 104 : 4));
    }
    logits[5] = Float.NaN;
    logits[30] = Float.POSITIVE_INFINITY;
    logits[55] = Float.NEGATIVE_INFINITY;
    logits[80] = Float.MIN_VALUE;
    Arrays.fill(logits, 120, 132, 1f);
    float[] bias = new float[spec.experts()];
    for (int e = 0; e < bias.length; e++) {
      bias[e] = e % 4 * 0.125f - 0.25f;
    }
    Routing device = router.route(logits, tokens, bias, spec);
    Routing cpu = new CpuMoeRouter().route(logits, tokens, bias, spec);
    return same(device.scores(), cpu.scores())
        && same(device.weights(), cpu.weights())
        && Arrays.equals(device.experts(), cpu.experts())
        && Arrays.equals(device.counts(), cpu.counts())
        && Arrays.equals(device.offsets(), cpu.offsets())
        && Arrays.equals(device.permutation(), cpu.permutation());
  }

  /**
   * Equal bits; every NaN counts as the same one, as in {@link Arrays#equals(float[], float[])}.
   */
  private static boolean same(float[] a, float[] b) {
    return Arrays.equals(a, b);
  }
}
