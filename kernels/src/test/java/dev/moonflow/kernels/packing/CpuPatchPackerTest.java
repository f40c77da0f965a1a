package dev.moonflow.kernels.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.kernels.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuPatchPackerTest {
  private static final long SEED = 7;
  private final PatchPacker packer = new CpuPatchPacker();

  static Stream<PackingCases.Case> cases() {
    return PackingCases.all(SEED).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(PackingCases.Case c) {
    PackedPatches packed = packer.pack(c.images(), c.spec());
    int patch = 0;
    for (int i = 0; i < c.images().size(); i++) {
      assertThat(packed.cuSeqlens()[i]).isEqualTo(patch);
      assertThat(packed.gridRows()[i] * c.spec().patchSize()).isEqualTo(c.images().get(i).height());
      assertThat(packed.gridCols()[i] * c.spec().patchSize()).isEqualTo(c.images().get(i).width());
      for (int row = 0; row < packed.gridRows()[i]; row++) {
        for (int col = 0; col < packed.gridCols()[i]; col++) {
          assertPatch(c, packed, i, row, col, patch++);
        }
      }
    }
    assertThat(packed.patchCount()).isEqualTo(patch);
  }

  private static void assertPatch(
      PackingCases.Case c, PackedPatches packed, int image, int row, int col, int patch) {
    PackingSpec spec = c.spec();
    int p = spec.patchSize();
    for (int v = 0; v < spec.patchValues(); v++) {
      int channel = v / (p * p);
      float want =
          ReferencePatchPacker.pixel(
              c.images().get(image), spec, row, col, channel, v / p % p, v % p);
      if (packed.patches()[patch * spec.patchValues() + v] != want) {
        throw new AssertionError("patch " + patch + " value " + v + " is not " + want);
      }
    }
    for (int slot = 0; slot < spec.ropeSlots(); slot++) {
      double angle = ReferencePatchPacker.angle(spec, row, col, slot);
      int at = patch * spec.ropeSlots() + slot;
      assertThat((double) packed.ropeCos()[at]).isCloseTo(Math.cos(angle), within(1e-7));
      assertThat((double) packed.ropeSin()[at]).isCloseTo(Math.sin(angle), within(1e-7));
    }
    int dim = spec.positions().dim();
    for (int d = 0; d < dim; d += 1 + dim / 5) {
      double want =
          ReferencePatchPacker.position(
              spec.positions(), packed.gridRows()[image], packed.gridCols()[image], row, col, d);
      assertThat((double) packed.positions()[patch * dim + d]).isCloseTo(want, within(2e-6));
    }
  }

  @Test
  void anImageIsPackedAlikeInAnyBatch() {
    PackingCases.Case c = PackingCases.all(SEED).get(2);
    PackedPatches batch = packer.pack(c.images(), c.spec());
    PackedPatches alone = packer.pack(List.of(c.images().get(4)), c.spec());
    int from = batch.cuSeqlens()[4];
    int dim = c.spec().positions().dim();
    int values = c.spec().patchValues();
    assertThat(alone.patches())
        .isEqualTo(Arrays.copyOfRange(batch.patches(), from * values, batch.patches().length));
    assertThat(alone.positions())
        .isEqualTo(Arrays.copyOfRange(batch.positions(), from * dim, batch.positions().length));
  }

  @Test
  void theTablesOwnGridIsTakenAsItIs() {
    PackingCases.Case c = PackingCases.all(SEED).get(1);
    PackedPatches packed = packer.pack(c.images(), c.spec());
    assertThat(packed.positions()).isEqualTo(c.spec().positions().values());
  }

  @Test
  void imagesThatCannotBePackedAreNamed() {
    PackingSpec spec = PackingCases.spec(14, 8, 2, 2, 1, new Random(SEED));
    RgbImage good = new RgbImage(14, 14, new byte[14 * 14 * 3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packer.pack(List.of(), spec))
        .withMessage("packing: there is no image");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> packer.pack(List.of(good, new RgbImage(14, 15, new byte[14 * 15 * 3])), spec))
        .withMessage("packing: height 15 of image 1 is not a multiple of 14");
    RgbImage wide = new RgbImage(512 * 14, 14, new byte[512 * 14 * 14 * 3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packer.pack(List.of(wide), spec))
        .withMessage("packing: width 7168 of image 0 is 512 patches, the limit is 511");
  }

  @Test
  void batchesBeyondOneArrayAreRefusedBeforeAnythingIsAllocated() {
    PackingSpec spec =
        new PackingSpec(
            1,
            new float[3],
            new float[] {1f, 1f, 1f},
            4,
            10000f,
            new PackingSpec.PositionTable(1, 1, 20_000, new float[20_000]));
    RgbImage image = new RgbImage(400, 400, new byte[400 * 400 * 3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packer.pack(List.of(image), spec))
        .withMessage("packing: 160000 patches of 20000 values do not fit one array");
  }
}
