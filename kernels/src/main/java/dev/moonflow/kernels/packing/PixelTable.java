package dev.moonflow.kernels.packing;

/**
 * The normalised value of every byte in every channel, [3, 256]: SPEC section 4, steps 5 and 6. A
 * pixel has only 256 values, so devices look the result up and cannot round it differently.
 */
final class PixelTable {
  private PixelTable() {}

  /** {@code table[c * 256 + v] = (v / 255 - mean_c) / std_c}, each step rounded to float. */
  static float[] of(float[] mean, float[] std) {
    float[] table = new float[3 * 256];
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 256; v++) {
        table[c * 256 + v] = (v / 255f - mean[c]) / std[c];
      }
    }
    return table;
  }
}
