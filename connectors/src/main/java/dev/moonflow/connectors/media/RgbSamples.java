package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The stored samples of a decoded image as 8-bit RGB, without colour management.
 *
 * <p>What the file stores is what comes out: an 8-bit RGB image gives exactly its samples, whatever
 * profile it carries. {@code BufferedImage.getRGB} must not be used for that: it converts grey
 * through a linear profile and so changes the values. The rules:
 *
 * <ul>
 *   <li>RGB: the samples. Grey: the sample three times. Palette: the palette's entry.
 *   <li>More than 8 bits: the high byte. Fewer: scaled so that the largest value becomes 255.
 *   <li>Alpha: dropped, not blended; a colour stored premultiplied is divided out first.
 *   <li>Any other colour space (CMYK, Lab): converted through the profile to sRGB.
 * </ul>
 */
final class RgbSamples {
  private static final int RGB = 3;

  private RgbSamples() {}

  static DecodedImage of(BufferedImage image) throws MediaRejectedException {
    ColorModel colors = image.getColorModel();
    int kind = image.getRaster().getDataBuffer().getDataType();
    if (kind == DataBuffer.TYPE_FLOAT || kind == DataBuffer.TYPE_DOUBLE) {
      throw new MediaRejectedException(
          Reason.UNSUPPORTED, "the image stores floating point samples, which have no fixed range");
    }
    if (colors.isAlphaPremultiplied()) {
      colors = colors.coerceData(image.getRaster(), false);
    }
    byte[] rgb = new byte[Math.multiplyExact(image.getWidth() * RGB, image.getHeight())];
    if (colors instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, rgb);
    } else if (colors.getColorSpace().getType() == ColorSpace.TYPE_RGB) {
      fromBands(image.getRaster(), colors, rgb, 1);
    } else if (colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      fromBands(image.getRaster(), colors, rgb, 0);
    } else {
      throughProfile(image.getRaster(), colors, rgb);
    }
    return new DecodedImage(image.getWidth(), image.getHeight(), rgb);
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0, out = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++, out += RGB) {
        rgb[out] = (byte) palette.getRed(row[x]);
        rgb[out + 1] = (byte) palette.getGreen(row[x]);
        rgb[out + 2] = (byte) palette.getBlue(row[x]);
      }
    }
  }

  /** Channel c comes from band {@code c * step}: a step of 0 repeats the first band. */
  private static void fromBands(Raster raster, ColorModel colors, byte[] rgb, int step) {
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int channel = 0; channel < RGB; channel++) {
      int band = channel * step;
      int bits = colors.getComponentSize(band);
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        int out = y * width * RGB + channel;
        for (int x = 0; x < width; x++, out += RGB) {
          rgb[out] = toByte(row[x], bits);
        }
      }
    }
  }

  private static byte toByte(int sample, int bits) {
    if (bits == 8) {
      return (byte) sample;
    }
    return (byte) (bits > 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1));
  }

  private static void throughProfile(Raster raster, ColorModel colors, byte[] rgb) {
    Object pixel = null;
    for (int y = 0, out = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++, out += RGB) {
        pixel = raster.getDataElements(raster.getMinX() + x, raster.getMinY() + y, pixel);
        rgb[out] = (byte) colors.getRed(pixel);
        rgb[out + 1] = (byte) colors.getGreen(pixel);
        rgb[out + 2] = (byte) colors.getBlue(pixel);
      }
    }
  }
}
