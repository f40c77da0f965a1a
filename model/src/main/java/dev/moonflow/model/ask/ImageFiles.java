package dev.moonflow.model.ask;

import dev.moonflow.kernels.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Images from files, for programs without a reader of their own. Samples are those that the file
 * stores, without colour management and without their alpha, as the pipeline takes them; so the
 * words are the same too. 8-bit RGB, grey and palettes, in any format that this Java reads.
 */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Reads an image.
   *
   * @throws IOException if the file cannot be read, or holds no image of a kind that is named above
   */
  public static RgbImage read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image == null) {
      throw new IOException(file + " is no image that Java can read.");
    }
    return of(image);
  }

  /**
   * The samples of a decoded image.
   *
   * @throws IOException if they are of another kind
   */
  public static RgbImage of(BufferedImage image) throws IOException {
    ColorModel colors = image.getColorModel();
    int type = colors.getColorSpace().getType();
    boolean palette = colors instanceof IndexColorModel;
    boolean grey = type == ColorSpace.TYPE_GRAY;
    boolean readable =
        palette || ((grey || type == ColorSpace.TYPE_RGB) && colors.getComponentSize(0) == 8);
    if (!readable || colors.isAlphaPremultiplied() || isFloat(image.getRaster())) {
      throw new IOException("An image must have 8-bit RGB or grey samples, or a palette.");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, 3), height)];
    int[] row = new int[width];
    for (int y = 0, at = 0; y < height; y++, at += 3 * width) {
      for (int channel = 0; channel < 3; channel++) {
        int band = palette || grey ? 0 : channel;
        image.getRaster().getSamples(0, y, width, 1, band, row);
        for (int x = 0; x < width; x++) {
          int sample = palette ? entry(colors, row[x], channel) : row[x];
          rgb[at + 3 * x + channel] = (byte) sample;
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static boolean isFloat(Raster raster) {
    int type = raster.getDataBuffer().getDataType();
    return type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
  }

  private static int entry(ColorModel palette, int index, int channel) {
    return switch (channel) {
      case 0 -> palette.getRed(index);
      case 1 -> palette.getGreen(index);
      default -> palette.getBlue(index);
    };
  }
}
