package dev.moonflow.connectors.media;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The lossless encoder of decoded images, for pages that travel through Flink's state. */
public final class PngEncoder {
  /** ImageIO counts from 0, the smallest file, to 1, no compression: this is deflate's level 2. */
  private static final float FAST = 0.8f;

  private PngEncoder() {}

  /** An 8-bit RGB PNG of exactly these samples; the same bytes for the same image. */
  public static byte[] encode(DecodedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream(image.rgb().length / 4 + 1024);
    ImageWriter writer = null;
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(png)) {
      writer = ImageCodecs.pngWriter();
      writer.setOutput(output);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(FAST);
      writer.write(null, new IIOImage(view(image), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      if (writer != null) {
        writer.dispose();
      }
    }
    return png.toByteArray();
  }

  /**
   * A PNG of exactly these samples that is not compressed, for what is read again at once: grey
   * where every sample is grey, else RGB.
   */
  public static byte[] encodePlain(DecodedImage image) {
    return PlainPng.write(image);
  }

  /** The same bytes as ImageIO's image, nothing copied. */
  static BufferedImage view(DecodedImage image) {
    int rowBytes = image.width() * 3;
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(image.rgb(), image.rgb().length),
            image.width(),
            image.height(),
            rowBytes,
            3,
            new int[] {0, 1, 2},
            null);
    ComponentColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(colors, raster, false, null);
  }
}
