package dev.moonflow.model.conformance;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.image.RgbaImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A decoded PNG in the samples that the file stores, with no colour management.
 *
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
 * @param samples {@code height * width * channels} unsigned bytes
 */
public record GoldenImage(int width, int height, int channels, byte[] samples) {

  /** Reads a PNG with 8-bit samples or a palette. */
  static GoldenImage read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image == null) {
      throw new IOException(file + " is not a PNG image");
    }
    Raster raster = image.getRaster();
    if (raster.getTransferType() != DataBuffer.TYPE_BYTE) {
      throw new IOException(file + " does not have 8-bit samples");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    int[] values = raster.getPixels(0, 0, width, height, (int[]) null);
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return new GoldenImage(width, height, 3, lookUp(values, palette));
    }
    byte[] samples = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      samples[i] = (byte) values[i];
    }
    return new GoldenImage(width, height, raster.getNumBands(), samples);
  }

  private static byte[] lookUp(int[] indices, IndexColorModel palette) {
    byte[] rgb = new byte[indices.length * 3];
    for (int i = 0; i < indices.length; i++) {
      rgb[3 * i] = (byte) palette.getRed(indices[i]);
      rgb[3 * i + 1] = (byte) palette.getGreen(indices[i]);
      rgb[3 * i + 2] = (byte) palette.getBlue(indices[i]);
    }
    return rgb;
  }

  /** Whether there is an alpha channel. */
  public boolean hasAlpha() {
    return channels == 2 || channels == 4;
  }

  /** The image as RGBA: grey is repeated, a missing alpha is opaque. */
  public RgbaImage rgba() {
    byte[] rgb = rgb().rgb();
    byte[] rgba = new byte[width * height * 4];
    for (int pixel = 0; pixel < width * height; pixel++) {
      System.arraycopy(rgb, 3 * pixel, rgba, 4 * pixel, 3);
      rgba[4 * pixel + 3] = hasAlpha() ? samples[(pixel + 1) * channels - 1] : (byte) 255;
    }
    return new RgbaImage(width, height, rgba);
  }

  /** The image as RGB: grey is repeated, alpha is dropped. */
  public RgbImage rgb() {
    if (channels == 3) {
      return new RgbImage(width, height, samples);
    }
    byte[] rgb = new byte[width * height * 3];
    int step = channels == 4 ? 1 : 0;
    for (int pixel = 0; pixel < width * height; pixel++) {
      for (int c = 0; c < 3; c++) {
        rgb[3 * pixel + c] = samples[pixel * channels + c * step];
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
