package dev.moonflow.model.vision;

import java.util.Arrays;

/**
 * What the language model reads in place of the media tokens of some images, in their order.
 *
 * @param values [sum M_i, H], row-major
 * @param offsets [images + 1] first row of each image, and the sum at the end
 * @param hidden H
 */
public record ImageFeatures(float[] values, int[] offsets, int hidden) {

  /** How many images. */
  public int images() {
    return offsets.length - 1;
  }

  /** M_i, media tokens of one image. */
  public int tokens(int image) {
    return offsets[image + 1] - offsets[image];
  }

  /** A copy of one image's rows, [M_i, H]. */
  public float[] of(int image) {
    return Arrays.copyOfRange(values, offsets[image] * hidden, offsets[image + 1] * hidden);
  }
}
