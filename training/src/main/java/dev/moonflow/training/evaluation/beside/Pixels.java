package dev.moonflow.training.evaluation.beside;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.data.render.Images;
import java.awt.image.BufferedImage;

/** Images of the model as Java2D has them. */
final class Pixels {
  private Pixels() {}

  static BufferedImage of(RgbImage image) {
    BufferedImage drawn = Images.blank(image.width(), image.height());
    int[] pixels = Images.pixels(drawn);
    byte[] rgb = image.rgb();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
    }
    return drawn;
  }
}
