package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.training.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The 2D rotary table of a packed batch of images (SPEC section 5.3): even slots follow the column,
 * odd slots the row; positions restart with each image. Angles are float32 products.
 *
 * @param cos [L, 1, d / 2]
 * @param sin [L, 1, d / 2]
 */
record ImageRope(Tensor cos, Tensor sin) {

  static ImageRope of(List<ImagePatches> images, VisionConfig config, ScalarType type) {
    int quarter = config.headDim() / 4;
    int total = images.stream().mapToInt(ImagePatches::patches).sum();
    double[] cos = new double[total * 2 * quarter];
    double[] sin = new double[total * 2 * quarter];
    float[] frequency = new float[quarter];
    for (int i = 0; i < quarter; i++) {
      frequency[i] = (float) (1 / Math.pow(VisionConfig.ROPE_THETA, 4.0 * i / config.headDim()));
    }
    int at = 0;
    for (ImagePatches image : images) {
      for (int row = 0; row < image.rows(); row++) {
        for (int col = 0; col < image.cols(); col++) {
          for (int i = 0; i < quarter; i++) {
            float across = col * frequency[i];
            float down = row * frequency[i];
            cos[at] = Math.cos(across);
            sin[at++] = Math.sin(across);
            cos[at] = Math.cos(down);
            sin[at++] = Math.sin(down);
          }
        }
      }
    }
    return new ImageRope(
        Tensors.of(cos, type, total, 1, 2L * quarter),
        Tensors.of(sin, type, total, 1, 2L * quarter));
  }
}
