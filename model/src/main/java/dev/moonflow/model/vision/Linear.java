package dev.moonflow.model.vision;

import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.model.checkpoint.Checkpoint;

/**
 * A linear layer with bias: y = x Wᵀ + b.
 *
 * @param weight W[out, in]
 * @param bias [out]
 */
record Linear(Matrix weight, float[] bias) {

  static Linear read(Checkpoint checkpoint, String name, int out, int in) {
    return new Linear(
        checkpoint.matrix(name + ".weight", out, in), checkpoint.floats(name + ".bias", out));
  }

  /**
   * Some rows.
   *
   * @param x [rows, in] from {@code xOffset}
   * @param y [rows, out] from {@code yOffset}, overwritten
   */
  void apply(float[] x, int xOffset, int rows, float[] y, int yOffset) {
    weight.multiply(x, xOffset, rows, bias, y, yOffset);
  }
}
