package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.training.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The rotary table of a packed batch of tokens (SPEC section 8.2), with angles as float32 products.
 *
 * @param cos [T, 1, rope / 2]
 * @param sin [T, 1, rope / 2]
 */
record TextRope(Tensor cos, Tensor sin) {

  static TextRope of(int[] positions, TextConfig config, ScalarType type) {
    int half = config.qkRopeHeadDim() / 2;
    double[] cos = new double[positions.length * half];
    double[] sin = new double[positions.length * half];
    for (int i = 0; i < half; i++) {
      float frequency =
          (float) (1 / Math.pow(config.ropeTheta(), 2.0 * i / config.qkRopeHeadDim()));
      for (int t = 0; t < positions.length; t++) {
        float angle = positions[t] * frequency;
        cos[t * half + i] = Math.cos(angle);
        sin[t * half + i] = Math.sin(angle);
      }
    }
    return new TextRope(
        Tensors.of(cos, type, positions.length, 1, half),
        Tensors.of(sin, type, positions.length, 1, half));
  }
}
