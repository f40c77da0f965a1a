package dev.moonflow.model.image;

import dev.moonflow.kernels.RgbImage;

/**
 * One decoded image with alpha: 8-bit RGBA, interleaved, row-major, alpha not premultiplied.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgba {@code height * width * 4} bytes, unsigned
 */
public record RgbaImage(int width, int height, byte[] rgba) {
  public RgbaImage {
    if (width < 1 || height < 1 || (long) width * height * 4 != rgba.length) {
      throw new IllegalArgumentException(
          "an RGBA image of "
              + width
              + " x "
              + height
              + " does not have "
              + rgba.length
              + " bytes");
    }
  }

  /** The colours as stored, without alpha: nothing is composed onto a background. */
  public RgbImage dropAlpha() {
    byte[] rgb = new byte[width * height * 3];
    for (int from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
      rgb[to] = rgba[from];
      rgb[to + 1] = rgba[from + 1];
      rgb[to + 2] = rgba[from + 2];
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * The image resized with premultiplied alpha, as Pillow resizes its mode RGBA: transparent pixels
   * lend no colour to their neighbours.
   */
  RgbaImage resize(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return this;
    }
    byte[] resized =
        BicubicResizer.resize(premultiply(rgba), width, height, 4, newWidth, newHeight);
    return new RgbaImage(newWidth, newHeight, divideByAlpha(resized));
  }

  private static byte[] premultiply(byte[] rgba) {
    byte[] out = rgba.clone();
    for (int pixel = 0; pixel < out.length; pixel += 4) {
      int alpha = rgba[pixel + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        // Pillow's rounded division by 255.
        int product = (rgba[pixel + c] & 0xff) * alpha + 128;
        out[pixel + c] = (byte) (((product >> 8) + product) >> 8);
      }
    }
    return out;
  }

  private static byte[] divideByAlpha(byte[] premultiplied) {
    byte[] out = premultiplied.clone();
    for (int pixel = 0; pixel < out.length; pixel += 4) {
      int alpha = premultiplied[pixel + 3] & 0xff;
      if (alpha == 0 || alpha == 255) {
        continue;
      }
      for (int c = 0; c < 3; c++) {
        out[pixel + c] = (byte) Math.min(255, 255 * (premultiplied[pixel + c] & 0xff) / alpha);
      }
    }
    return out;
  }
}
