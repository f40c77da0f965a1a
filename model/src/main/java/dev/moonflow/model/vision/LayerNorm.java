package dev.moonflow.model.vision;

import dev.moonflow.kernels.math.Norms;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.VisionConfig;

/**
 * A LayerNorm over the last dimension D.
 *
 * @param weight [D]
 * @param bias [D]
 */
record LayerNorm(float[] weight, float[] bias) {

  static LayerNorm read(Checkpoint checkpoint, String name, int dim) {
    return new LayerNorm(
        checkpoint.floats(name + ".weight", dim), checkpoint.floats(name + ".bias", dim));
  }

  /**
   * Some rows.
   *
   * @param x [rows, D]; may be {@code y}
   * @param y [rows, D], overwritten
   */
  void apply(float[] x, int rows, float[] y) {
    Norms.layerNorm(x, 0, rows, weight.length, weight, bias, VisionConfig.LAYER_NORM_EPS, y, 0);
  }
}
