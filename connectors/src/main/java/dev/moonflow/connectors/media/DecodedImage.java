package dev.moonflow.connectors.media;

import java.util.Objects;

/**
 * One decoded image: 8-bit RGB, interleaved, row-major.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgb {@code height * width * 3} bytes, unsigned; never written again
 */
public record DecodedImage(int width, int height, byte[] rgb) {
  public DecodedImage {
    Objects.requireNonNull(rgb, "rgb");
    if (width < 1 || height < 1 || (long) width * height * 3 != rgb.length) {
      throw new IllegalArgumentException(
          "an image of " + width + " x " + height + " does not have " + rgb.length + " RGB bytes");
    }
  }
}
