package dev.moonflow.training.data.render;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.SampleException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images of examples: pixels to files and back. */
public final class Images {
  private static final MediaLimits LIMITS = MediaLimits.DEFAULT;

  private Images() {}

  /** A new image of this size, black. */
  public static BufferedImage blank(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  /** The pixels themselves, 0xRRGGBB, row by row. */
  public static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /** As a PNG part. */
  public static Part.Image png(Role role, BufferedImage image) {
    byte[] png = FastPng.encode(pixels(image), image.getWidth(), image.getHeight());
    return new Part.Image(role, png, image.getWidth(), image.getHeight());
  }

  /**
   * As a JPEG.
   *
   * @param quality from 0 to 1
   */
  public static byte[] jpeg(BufferedImage image, double quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality((float) quality);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * The pixels of an example's image.
   *
   * @throws SampleException if it cannot be decoded or its size is not the declared one
   */
  public static BufferedImage decode(Part.Image image) {
    BufferedImage decoded = decode(image.encoded(), "an image of the example");
    if (decoded.getWidth() != image.width() || decoded.getHeight() != image.height()) {
      throw new SampleException(
          "an image is declared as %d x %d and is %d x %d pixels"
              .formatted(image.width(), image.height(), decoded.getWidth(), decoded.getHeight()));
    }
    return decoded;
  }

  /**
   * The pixels of a file's bytes.
   *
   * @param name for the message
   * @throws SampleException if they cannot be decoded
   */
  public static BufferedImage decode(byte[] bytes, String name) {
    DecodedImage decoded;
    try {
      decoded = ImageReader.decode(bytes, LIMITS);
    } catch (MediaRejectedException e) {
      throw new SampleException(name + ": " + e.getMessage(), e);
    }
    BufferedImage image = blank(decoded.width(), decoded.height());
    int[] pixels = pixels(image);
    byte[] rgb = decoded.rgb();
    for (int i = 0, from = 0; i < pixels.length; i++, from += 3) {
      pixels[i] = (rgb[from] & 0xff) << 16 | (rgb[from + 1] & 0xff) << 8 | (rgb[from + 2] & 0xff);
    }
    return image;
  }
}
