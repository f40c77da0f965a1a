package dev.moonflow.kernels.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.kernels.Golden;
import dev.moonflow.kernels.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackingGoldenTest {
  private static final float[] HALF = {0.5f, 0.5f, 0.5f};

  @ParameterizedTest
  @ValueSource(strings = {"a_37x61", "b_200x100", "c_640x480", "e_28x28", "f_20x700", "v_frame1"})
  void patchesAreBitEqual(String image) throws IOException {
    Golden golden = Golden.open("preprocess/patches.safetensors");
    PackedPatches packed = pack(padded(image + ".png"), 14, 8, 8);
    assertThat(new long[] {packed.gridRows()[0], packed.gridCols()[0]})
        .isEqualTo(golden.longs(image + ".grid_hw"));
    assertThat(packed.patches()).isEqualTo(golden.floats(image + ".patches"));
  }

  @Test
  void patchesOfARescaledImageAreBitEqual() throws IOException {
    Golden golden = Golden.open("preprocess/patches.safetensors");
    PackedPatches packed = pack(padded("d_1300x900.final_rgb.png"), 14, 8, 8);
    float[] want = golden.floats("d_1300x900.patches_sample");
    int[] index = golden.ints("d_1300x900.patch_index");
    for (int i = 0; i < index.length; i++) {
      assertThat(Arrays.copyOfRange(packed.patches(), index[i] * 588, (index[i] + 1) * 588))
          .isEqualTo(Arrays.copyOfRange(want, i * 588, (i + 1) * 588));
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 16", "13, 3, 16", "4, 9, 72"})
  void rotaryTablesMatch(int rows, int cols, int dim) {
    Golden golden = Golden.open("vision_parts/rope2d.safetensors");
    String name = "grid_" + rows + "x" + cols + "_dim" + dim;
    PackedPatches packed = pack(blank(rows, cols), 1, dim, 8);
    assertThat(packed.ropeCos()).containsExactly(golden.floats(name + ".cos"), within(1e-6f));
    assertThat(packed.ropeSin()).containsExactly(golden.floats(name + ".sin"), within(1e-6f));
  }

  @Test
  void rotaryTablesMatchFarFromTheOrigin() {
    Golden golden = Golden.open("vision_parts/rope2d.safetensors");
    RopeTable table = RopeTable.of(72, 10000f);
    long[] cells = golden.longs("far_points_dim72.row_col");
    float[] cos = golden.floats("far_points_dim72.cos");
    float[] sin = golden.floats("far_points_dim72.sin");
    for (int i = 0; i < cos.length; i++) {
      int slot = i % 36;
      int position = (int) cells[i / 36 * 2 + (slot % 2 == 0 ? 1 : 0)];
      assertThat(table.cos()[position * 18 + slot / 2]).isCloseTo(cos[i], within(1e-6f));
      assertThat(table.sin()[position * 18 + slot / 2]).isCloseTo(sin[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 2", "5, 7", "20, 100", "36, 46", "46, 34", "54, 78", "64, 32", "64, 64"})
  void interpolatedPositionsMatch(int rows, int cols) {
    Golden golden = Golden.open("vision_parts/pos_emb_64x64.safetensors");
    PackingSpec spec =
        new PackingSpec(
            1,
            HALF,
            HALF,
            8,
            10000f,
            new PackingSpec.PositionTable(64, 64, 8, golden.floats("table")));
    PackedPatches packed = new CpuPatchPacker().pack(List.of(blank(rows, cols)), spec);
    assertThat(packed.positions())
        .containsExactly(golden.floats("out_" + rows + "x" + cols), within(5e-5f));
  }

  private static PackedPatches pack(RgbImage image, int patchSize, int headDim, int dim) {
    PackingSpec.PositionTable table =
        new PackingSpec.PositionTable(8, 8, dim, new float[8 * 8 * dim]);
    return new CpuPatchPacker()
        .pack(List.of(image), new PackingSpec(patchSize, HALF, HALF, headDim, 10000f, table));
  }

  private static RgbImage blank(int rows, int cols) {
    return new RgbImage(cols, rows, new byte[rows * cols * 3]);
  }

  /** The image with black added at the right and below, to multiples of 28. */
  private static RgbImage padded(String name) throws IOException {
    BufferedImage image = ImageIO.read(Golden.path("images/" + name).toFile());
    int width = (image.getWidth() + 27) / 28 * 28;
    int height = (image.getHeight() + 27) / 28 * 28;
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        int at = (y * width + x) * 3;
        rgb[at] = (byte) (pixel >> 16);
        rgb[at + 1] = (byte) (pixel >> 8);
        rgb[at + 2] = (byte) pixel;
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
