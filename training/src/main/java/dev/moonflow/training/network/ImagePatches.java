package dev.moonflow.training.network;

/**
 * One image as the vision tower takes it (SPEC section 4).
 *
 * @param rows grid rows; even
 * @param cols grid columns; even
 * @param values [rows * cols, 3 p p], patches in row-major order, each (channel, y, x), normalised
 */
public record ImagePatches(int rows, int cols, float[] values) {
  /** Patches of the image. */
  public int patches() {
    return rows * cols;
  }

  /** Tokens that stand for it in the language model: a quarter of its patches. */
  public int mediaTokens() {
    return rows * cols / 4;
  }
}
