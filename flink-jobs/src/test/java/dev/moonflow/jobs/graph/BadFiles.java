package dev.moonflow.jobs.graph;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Files as people should not send them, and PDFs as they may. */
final class BadFiles {
  private static final int IHDR_WIDTH = 16;
  private static final int IHDR_CRC = 29;

  private BadFiles() {}

  /** A good JPEG of an image, cut off in its last third. */
  static byte[] truncatedJpeg(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    return Arrays.copyOf(jpeg.toByteArray(), jpeg.size() * 2 / 3);
  }

  /** A PNG whose header claims another size, with the checksum that belongs to it. */
  static byte[] pngClaiming(byte[] png, int width, int height) {
    byte[] liar = png.clone();
    ByteBuffer.wrap(liar).putInt(IHDR_WIDTH, width).putInt(IHDR_WIDTH + 4, height);
    CRC32 crc = new CRC32();
    crc.update(liar, IHDR_WIDTH - 4, IHDR_CRC - IHDR_WIDTH + 4);
    ByteBuffer.wrap(liar).putInt(IHDR_CRC, (int) crc.getValue());
    return liar;
  }

  /** A PDF that nobody reads without its password. */
  static byte[] encryptedPdf() throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return bytes(document);
    }
  }

  /** A PDF of empty pages with these sides, in points of 1/72 inch. */
  static byte[] pdf(float... sides) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (float side : sides) {
        document.addPage(new PDPage(new PDRectangle(side, side)));
      }
      return bytes(document);
    }
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }
}
