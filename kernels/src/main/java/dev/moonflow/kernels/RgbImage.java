package dev.moonflow.kernels;

import java.util.Objects;

/**
 * One decoded image: 8-bit RGB, interleaved, row-major.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgb {@code height * width * 3} bytes, unsigned; owned by the image, never written again
 */
public record RgbImage(int width, int height, byte[] rgb) {
  public RgbImage {
    Objects.requireNonNull(rgb, "rgb");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("image size must be positive: " + width + " x " + height);
    }
    if ((long) width * height * 3 != rgb.length) {
      throw new IllegalArgumentException(
          "image of "
              + width
              + " x "
              + height
              + " needs "
              + (long) width * height * 3
              + " bytes, got "
              + rgb.length);
    }
  }
}
