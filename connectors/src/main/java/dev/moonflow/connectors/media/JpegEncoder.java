package dev.moonflow.connectors.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Video frames as JPEG of high quality: a tenth of the size of PNG. */
public final class JpegEncoder {
  private static final float QUALITY = 0.92f;

  private JpegEncoder() {}

  /** The whole file. */
  public static byte[] encode(DecodedImage image) throws IOException {
    BufferedImage pixels =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[image.width()];
    byte[] rgb = image.rgb();
    for (int y = 0; y < image.height(); y++) {
      int at = y * image.width() * 3;
      for (int x = 0; x < row.length; x++, at += 3) {
        row[x] = (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
      }
      pixels.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(pixels, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
