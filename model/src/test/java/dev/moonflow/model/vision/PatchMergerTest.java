package dev.moonflow.model.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.packing.PackedPatches;
import org.junit.jupiter.api.Test;

class PatchMergerTest {
  private static PackedPatches grids(int[] rows, int[] cols) {
    int[] offsets = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      offsets[i + 1] = offsets[i] + rows[i] * cols[i];
    }
    return new PackedPatches(
        new float[0], rows, cols, offsets, new float[0], new float[0], new float[0]);
  }

  @Test
  void windowsAreTopLeftTopRightBottomLeftBottomRightAndStayInsideTheirImage() {
    PackedPatches packed = grids(new int[] {2, 4}, new int[] {4, 2});
    float[] rows = new float[16];
    for (int i = 0; i < 16; i++) {
      rows[i] = i;
    }
    float[] merged = new float[16];
    PatchMerger.merge(rows, packed, 2, 1, merged);
    assertThat(merged).containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }

  @Test
  void anOddGridIsRefusedByTheNumberOfItsImage() {
    PackedPatches packed = grids(new int[] {2, 2}, new int[] {2, 3});
    assertThatThrownBy(() -> PatchMerger.check(packed, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image 1")
        .hasMessageContaining("2 x 3 patches");
  }
}
